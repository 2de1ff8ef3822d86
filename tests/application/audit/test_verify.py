"""The verifier of bundles: what it shows, and which words it has for what is wrong."""

import ast
import json
import re
import string
import subprocess
import sys
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from bundling import Auditor, bundle_of, packed, with_lines
from memory_log import KEY, POLICY, START, WITNESS, MemoryLog, case, key, sealed_log, state_of

from application.audit import verify
from application.audit.bundles import part_of_case, part_of_period, whole_log
from application.audit.checkpoints import Checkpoint
from application.audit.logged import LoggedEvent

KINDS = ("case", "period", "log")
SOURCE = Path(verify.__file__)


def part(log: MemoryLog, kind: str):
    if kind == "period":
        return part_of_period(log, START + timedelta(minutes=4), START + timedelta(minutes=7))
    return part_of_case(log, case(1)) if kind == "case" else whole_log(log)


@pytest.fixture
def auditor(tmp_path) -> Auditor:
    return Auditor(tmp_path)


@pytest.fixture(scope="module")
def log() -> MemoryLog:
    return sealed_log()


@pytest.fixture(scope="module")
def bundles(log):
    return {kind: bundle_of(log, part(log, kind)) for kind in KINDS}


# What is shown.


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("case", f"Дело {case(1)}: все события, версии с 1 по 4"),
        ("period", "записано событий: 3; в пакете записи журнала 4–9"),
        ("log", "Весь журнал: событий: 12, дел: 3"),
    ],
)
def test_a_bundle_is_verified_and_what_it_shows_is_said(auditor, bundles, kind, shown):
    code, text = auditor.check(bundles[kind])
    assert (code, text.startswith("ПРОВЕРЕНО")) == (0, True)
    assert shown in text
    assert "republic подтвердил этот журнал 2027-01-15 08:03:00 UTC" in text
    assert "подписан ключом log.example/front-office" in text
    assert text.count("Не показано") == (3 if kind == "period" else 2)
    assert 6 <= len(text.splitlines()) <= 9


@pytest.mark.parametrize("kind", KINDS)
def test_a_bundle_continues_what_the_auditor_has_seen(auditor, log, kind):
    for since in (4, 8, 16):
        known = auditor.keep("known", log.note_of(since).written.encode())
        code, text = auditor.check(bundle_of(log, part(log, kind), since), "--checkpoint", known)
        assert code == 0
        assert f"(записей: {since})" in text


def test_the_same_log_gives_the_same_bytes(log, bundles):
    assert bundle_of(log, part(log, "case")) == bundles["case"]


@pytest.mark.parametrize("cases", [1, 2, 7, 33])
def test_logs_of_every_size_are_verified(auditor, cases):
    log = MemoryLog(witnesses=[WITNESS])
    for number in range(cases):
        log.add(case(number))
        log.seal()
        assert auditor.check(bundle_of(log, whole_log(log))).code == 0
        first = bundle_of(log, part_of_case(log, case(0)))
        assert auditor.check(first, "--case", str(case(0))).code == 0


def test_bytes_that_are_no_utf8_are_proven_too(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    for state in (b"\xff\x00", "\u2028\ud7ff\\".encode(), b'{"a":1e400}'):
        log.add(case(1), state=state)
    log.seal()
    files = bundle_of(log, part_of_case(log, case(1)))
    assert b"state_base64" in files["events.ndjson"]
    assert auditor.check(files).code == 0


def test_periods_show_what_lies_at_their_edges(auditor):
    log = sealed_log()
    minutes = (-5, 0, 2, 3, 5, 8, 11, 12, 40)
    for start, end in product(minutes, minutes):
        if start < end:
            span = (START + timedelta(minutes=start), START + timedelta(minutes=end))
            code, text = auditor.check(bundle_of(log, part_of_period(log, *span)))
            within = len({*range(12)} & {*range(start, end)})
            assert (code, f"событий: {within};" in text) == (0, True), (start, end, text)


def test_a_log_is_followed_over_three_keys(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    for seed in (2, 3, 4):
        log.add(case(seed))
        log.seal()
        log.hand_over(key(seed))
    for kind_part in (whole_log(log), part_of_case(log, case(3))):
        files = bundle_of(log, kind_part, since=2)
        assert auditor.check(files).code == 0  # The last checkpoint is still the old key's.
    log.add(case(2))
    log.seal()
    files = bundle_of(log, whole_log(log))
    for seed in (1, 2, 3, 4):
        policy = POLICY.replace(KEY.verifying.vkey, key(seed).verifying.vkey)
        auditor.keep("policy", policy.encode())
        code, text = auditor.check(files)
        assert (code, "передач ключа: 3" in text) == (0, True)


# What is wrong.


def refused(auditor: Auditor, files, *more: str) -> str:
    code, text = auditor.check(files, *more)
    assert code == 1, text
    assert text.startswith("НЕ ПРОЙДЕНО")
    return text


def test_a_changed_event_is_noticed(auditor, bundles):
    def change(lines):
        lines[1]["state"] = lines[1]["state"].replace("Звонили", "Писали")

    for kind in KINDS:
        assert "не тот корень" in refused(auditor, with_lines(bundles[kind], change))


def test_a_changed_event_is_placed_behind_what_the_auditor_has_seen(auditor, log, bundles):
    def change(lines):
        lines[6]["topic"] = "request.helped"

    known = auditor.keep("known", log.note_of(4).written.encode())
    text = refused(auditor, with_lines(bundles["log"], change), "--checkpoint", known)
    assert "изменена или подставлена запись 4 или одна из тех, что за ней" in text
    known = auditor.keep("known", log.note_of(8).written.encode())
    text = refused(auditor, with_lines(bundles["log"], change), "--checkpoint", known)
    assert "записей: 8): его прошлое переписано" in text


def test_what_is_left_out_is_named(auditor, bundles):
    text = refused(auditor, with_lines(bundles["case"], lambda lines: lines.pop(2)))
    assert f"Дело {case(1)}: ожидалось событие 3, а запись 13 — событие 4" in text
    text = refused(auditor, with_lines(bundles["case"], lambda lines: lines.pop(3)))
    assert "событие 3 последнее; конец дела отрезан" in text
    text = refused(auditor, with_lines(bundles["log"], lambda lines: lines.pop(5)))
    assert "Доказательство короче" in text
    text = refused(auditor, with_lines(bundles["period"], lambda lines: lines.pop(0)))
    assert "Доказательство" in text
    text = refused(auditor, with_lines(bundles["case"], lambda lines: lines.pop()))
    assert "нет последней записи журнала (15)" in text


def test_events_cut_off_with_their_proof_made_anew_are_missed_by_the_map(auditor, log):
    whole = part_of_case(log, case(1))
    cut = type(whole)(whole.about, [*whole.spans[:3], whole.spans[-1]], whole.branches)
    assert "событие 3 последнее; конец дела отрезан" in refused(auditor, bundle_of(log, cut))


def test_a_period_that_is_cut_at_an_edge_is_named(auditor, log):
    period = part(log, "period")
    for spans, word in (([(5, 10), (15, 16)], "Начало"), ([(4, 9), (15, 16)], "Конец")):
        cut = type(period)(period.about, spans)
        assert f"{word} периода" in refused(auditor, bundle_of(log, cut))
    holed = type(period)(period.about, [(4, 6), (7, 10), (15, 16)])
    assert "Пропущены записи журнала с 6 по 6" in refused(auditor, bundle_of(log, holed))


def test_a_log_that_lies_about_heads_is_named(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    log.add(case(1))
    log.add(case(2))
    log.versions[case(2)] = 5
    log.seal()
    assert "Запись 2: карта последних версий" in refused(auditor, bundle_of(log, whole_log(log)))


def test_a_log_that_leaves_out_a_version_and_signs_it_is_named(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    log.add(case(1))
    log.versions[case(1)] = 2
    log.add(case(1))
    log.seal()
    for each in (whole_log(log), part_of_case(log, case(1))):
        assert "ожидалось событие 2, а запись 1 — событие 3" in refused(
            auditor, bundle_of(log, each)
        )


def test_positions_that_do_not_grow_are_named(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    log.add(case(1))
    log.logged.append(LoggedEvent(1, 10, case(2), 1, "t", state_of(1, START)))
    log.versions[case(2)] = 1
    log.seal()
    assert "Запись 1: место в базе" in refused(auditor, bundle_of(log, whole_log(log)))


def test_a_log_whose_past_was_rewritten_is_noticed_by_an_earlier_checkpoint(auditor, log):
    other = MemoryLog(witnesses=[WITNESS])
    other.add(case(5))
    other.seal()
    known = auditor.keep("known", other.note_of(2).written.encode())
    for kind in KINDS:
        text = refused(auditor, bundle_of(log, part(log, kind), since=2), "--checkpoint", known)
        assert "его прошлое переписано" in text


def test_an_older_bundle_is_said_to_be_older(auditor, log):
    younger = sealed_log(rounds=5)
    known = auditor.keep("known", younger.note_of(20).written.encode())
    text = refused(auditor, bundle_of(log, whole_log(log)), "--checkpoint", known)
    assert "в нём 16 записей журнала, а уже было 20" in text


def test_a_comparison_that_cannot_be_made_says_how_to_get_it(auditor, log, bundles):
    known = auditor.keep("known", log.note_of(4).written.encode())
    assert "since=4" in refused(auditor, bundles["case"], "--checkpoint", known)


def signed_by(signing, *witnesses):
    head = sealed_log().checkpoint
    note = Checkpoint(signing.name, head.size, head.root).note.signed(signing)
    for witness in witnesses:
        note = note.cosigned(witness, 5)
    return note.written


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (signed_by(key(9), WITNESS), "нет подписи ключа log.example/front-office"),
        (signed_by(key(1, "other.example"), WITNESS), "журнал other.example, а вы доверяете"),
        (signed_by(KEY), "свидетелей мало (нужно: republic); не подтвердили: republic"),
        (signed_by(KEY, key(7, WITNESS.name, 4)), "свидетелей мало"),
        (signed_by(KEY, WITNESS).replace("\n16\n", "\n17\n"), "подпись ключа"),
        (signed_by(KEY, WITNESS)[:-30], "не подписанная записка"),
        ("", "не подписанная записка"),
        (signed_by(KEY, WITNESS).replace("\n16\n", "\n0\n"), "не подписанная записка"),
    ],
)
def test_a_checkpoint_that_is_not_signed_as_the_policy_asks_is_named(auditor, bundles, note, words):
    assert words in refused(auditor, {**bundles["case"], "checkpoint": note.encode()})


def test_a_key_that_was_handed_over_signs_no_more(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    log.add(case(1))
    log.seal()
    log.hand_over(key(2))
    log.signing = KEY
    log.add(case(1))
    log.seal()
    assert "не держал журнал" in refused(auditor, bundle_of(log, whole_log(log)))


def test_hand_overs_that_do_not_follow_one_another_are_named(auditor):
    log = MemoryLog(witnesses=[WITNESS])
    for seed in (2, 3):
        log.add(case(seed))
        log.seal()
        log.hand_over(key(seed))
    files = bundle_of(log, whole_log(log))
    one, other = files["hand-overs/1"], files["hand-overs/2"]
    swapped = {**files, "hand-overs/1": other, "hand-overs/2": one}
    assert "hand-overs/2: передача ключа не продолжает" in refused(auditor, swapped)
    half = one[: one.rstrip(b"\n").rindex(b"\n") + 1]
    assert "hand-overs/1: нет подписи" in refused(auditor, {**files, "hand-overs/1": half})
    without = {name: content for name, content in files.items() if name != "hand-overs/1"}
    assert "не продолжает предыдущую" in refused(auditor, without)


def test_a_bundle_about_something_else_than_asked_for_is_named(auditor, bundles):
    assert "не о деле" in refused(auditor, bundles["case"], "--case", str(case(2)))
    assert "не о деле" in refused(auditor, bundles["log"], "--case", str(case(2)))
    period = ("--from", "2026-03-02T12:04:00+05:00", "--to", "2026-03-02T07:07:00.000Z")
    assert auditor.check(bundles["period"], *period).code == 0
    assert "--to" in refused(auditor, bundles["period"], "--to", "2026-03-02T07:08:00Z")
    assert "--from" in refused(auditor, bundles["case"], "--from", "2026-03-02T07:04:00Z")


def test_what_was_put_in_is_named(auditor, bundles):
    stranger = json.loads(bundles["log"]["events.ndjson"].splitlines()[0])

    def insert(lines):
        lines.insert(0, {**stranger, "index": 0})

    text = refused(auditor, with_lines(bundles["case"], insert))
    assert f"Запись 0 — о деле {case(0)}, а пакет о деле {case(1)}" in text


# What the auditor brought.


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "quorum none\n",
        f"log {KEY.verifying.vkey}\n",
        f"log {KEY.verifying.vkey}\nquorum nobody\n",
        f"log {KEY.verifying.vkey}\nlog {KEY.verifying.vkey}\nquorum none\n",
        POLICY.replace("front-office+", "front-office+0"),
        POLICY + "group g 3 republic\n",
        POLICY + "trust everybody\n",
        POLICY + f"witness again {WITNESS.verifying.vkey}\n",
    ],
)
def test_a_policy_that_cannot_be_used_says_nothing_of_the_bundle(auditor, bundles, policy):
    auditor.keep("policy", policy.encode())
    code, text = auditor.check(bundles["case"])
    assert (code, "ничего не сказано" in text) == (2, True)


def test_files_that_are_not_there_say_nothing_of_the_bundle(auditor, bundles):
    code, text = auditor.check(bundles["case"], "--checkpoint", "/nowhere/at/all")
    assert (code, "/nowhere/at/all не открывается" in text) == (2, True)
    code, text = auditor.check(bundles["case"], "--from", "вчера")
    assert (code, "2026-03-02T07:00:00Z" in text) == (2, True)


def test_groups_of_witnesses_are_counted(auditor, log):
    names = ["a", "b", "c"]
    keys = [key(110 + number, f"{name}.example", 4) for number, name in enumerate(names)]
    lines = [
        f"witness {name} {each.verifying.vkey}" for name, each in zip(names, keys, strict=True)
    ]
    asked = {"two 2 a b c": 2, "two all a b": 2, "two any a c": 1, "two 2 a nested": 2}
    for group, needed in asked.items():
        nested = "group nested any b c\n" if "nested" in group else ""
        policy = f"log {KEY.verifying.vkey}\n" + "\n".join(lines) + f"\n{nested}group {group}\n"
        auditor.keep("policy", (policy + "quorum two # enough\n").encode())
        for count in range(4):
            files = bundle_of(sealed_log(witnesses=keys[:count]), whole_log(log))
            assert (auditor.check(files).code == 0) == (count >= needed), (group, count)


# The file itself.


def test_it_runs_where_there_is_nothing_but_python(tmp_path, bundles):
    found = {Path(sys.executable), *Path("/root/.pyenv/versions").glob("3.*/bin/python3")}
    auditor = Auditor(tmp_path)
    path = auditor.keep("bundle.zip", packed(bundles["case"]))
    script = auditor.keep("verify.py", bundles["case"]["verify.py"])
    for python in sorted(found):
        version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout
        if int(version.split(".")[1]) < 9:
            continue
        command = [
            python,
            "-I",
            "-S",
            "-W",
            "error",
            script,
            path,
            "--policy",
            str(tmp_path / "policy"),
        ]
        answer = subprocess.run(command, capture_output=True, text=True, check=False, env={})
        assert (answer.returncode, answer.stderr) == (0, ""), version


def test_it_is_written_for_python_3_9_and_asks_for_nothing_else():
    tree = ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 9))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert imported <= sys.stdlib_module_names
    assert not imported & {"socket", "urllib", "http", "subprocess", "os"}


def test_it_is_in_the_bundle_as_it_is(bundles):
    assert bundles["case"]["verify.py"] == SOURCE.read_bytes()


def test_every_word_is_said_in_three_languages():
    rows = [row.split(" | ") for row in verify.WORDS.strip().splitlines()]
    words = [row[0] for row in rows]
    assert len(words) == len(set(words))
    for row in rows:
        assert len(row) == 4, row
        facts = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in row[1:]
        ]
        assert facts[0] == facts[1] == facts[2], row
    source = SOURCE.read_text("utf-8")
    for word in words:
        assert len(re.findall(rf'"{word}"', source)) >= 1, word


def test_the_auditor_chooses_the_language(auditor, bundles):
    assert auditor.check(bundles["case"], language="en").text.startswith("VERIFIED")
    assert auditor.check(bundles["case"], language="kk").text.startswith("ТЕКСЕРІЛДІ")
