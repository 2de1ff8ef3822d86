"""The commands of a witness, at a log over HTTP and in files."""

import json
import signal
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from answering import answering, plainly
from click.testing import CliRunner
from shown_log import ALog, a_key

from application.audit import credentials
from application.audit.keys import read_vkey
from application.audit.notes import read_note
from web.cli_witness import witness
from web.languages import LANGUAGES, SPOKEN, texts


class Place:
    """A machine with a witness, and a service on this same machine."""

    def __init__(self, folder, server, log):
        self.folder, self.server, self.log = folder, server, log
        self.token = folder / "token"
        self.token.write_text("fo_token")

    def told(self, *arguments):
        """Give a command; return its code and what it has said."""
        there = ("--folder", str(self.folder / "witness"))
        result = CliRunner().invoke(witness, [*map(str, arguments), *there])
        return result.exit_code, result.output

    def look(self, command="once", *more):
        asked = ("--url", self.server.url, "--token-file", self.token)
        return self.told(command, *asked, *more)

    def handed_in(self):
        sent = [each for each in self.server.asked if each.method == "POST"]
        return [json.loads(each.body) for each in sent]

    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(text.encode())
        return path


def shown(log):
    """Return what answers as the service does."""

    def answer(handler):
        url = urlsplit(handler.path)
        name = url.path.rpartition("/")[2]
        if name == "consistency":
            asked = parse_qs(url.query)
            text = log.consistency(int(asked["from"][0]), int(asked["to"][0]))
        else:
            text = {"cosignatures": str, "hand-overs": log.hand_overs}.get(name, log.checkpoint)()
        plainly(204 if name == "cosignatures" else 200, text.encode())(handler)

    return answer


@pytest.fixture(autouse=True)
def _russian():
    token = SPOKEN.set("ru")
    yield
    SPOKEN.reset(token)


@pytest.fixture(autouse=True)
def _own_signals():
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    log = ALog()
    with answering(shown(log)) as server:
        yield Place(tmp_path, server, log)


@pytest.fixture
def made(place):
    code, _ = place.told("init", "--name", "auditor.kz", "--log", place.log.key.verifying.vkey)
    assert code == 0
    return place


def test_a_witness_is_made_and_told_by_its_key(place):
    code, said = place.told("init", "--name", "auditor.kz", "--log", place.log.key.verifying.vkey)
    assert code == 0
    assert read_vkey(said.splitlines()[-1]).name == "auditor.kz"
    again, said = place.told("init", "--name", "b", "--log", place.log.key.verifying.vkey)
    assert (again, "уже есть свидетель" in said) == (2, True)


@pytest.mark.parametrize("vkey", ["", "nonsense", "cases.example+00000000+AQ=="])
def test_a_key_that_is_none_makes_no_witness(place, vkey):
    code, said = place.told("init", "--name", "auditor.kz", "--log", vkey)
    assert (code, "Ключ журнала не подходит" in said) == (2, True)
    assert place.told("status")[0] == 2


def test_a_look_checks_cosigns_and_hands_in(made):
    code, said = made.look()
    assert (code, "верит ей на слово" in said) == (0, True)
    [sent] = made.handed_in()
    note = read_note(f"{made.log.head().note.text}\n{sent['line']}\n")
    vkey = json.loads(made.told("status", "-o", "json")[1])["vkey"]
    assert (sent["size"], note.cosigned_at(read_vkey(vkey)) is not None) == (3, True)

    made.log.hand_over()
    made.log.add("d", "e")
    code, said = made.look()
    assert (code, "записей: 5" in said, "записей: 3" in said) == (0, True, True)
    assert made.handed_in()[-1]["size"] == 5


def test_a_log_that_was_exchanged_ends_in_an_alarm_and_stays_one(made):
    made.look()
    made.log.entries = [b"a", b"b", b"x"]
    for command in ("once", "run"):
        code, said = made.look(command)
        assert (code, "ТРЕВОГА" in said, "ALARM-log-forked-" in said) == (1, True, True)
    assert len(made.handed_in()) == 1
    code, said = made.told("status")
    assert (code, "ALARM-log-forked-" in said) == (1, True)


def test_status_says_how_long_ago_the_last_look_was(made):
    assert json.loads(made.told("status", "-o", "json")[1])["age_seconds"] is None
    made.look()
    code, said = made.told("status", "-o", "json")
    status = json.loads(said)
    assert (code, status["size"], status["alarms"]) == (0, 3, [])
    assert status["age_seconds"] >= 0


def test_a_refusal_that_may_pass_does_not_end_a_witness_at_work(made, monkeypatch):
    """It ends here with the third token file that it is given: there is none."""
    given = []

    def first_line(path):
        given.append(path)
        if len(given) > 2:
            made.log.entries = [b"x"]
        return "fo_token"

    made.look()
    monkeypatch.setattr(credentials, "first_line", first_line)
    good, made.log.key = made.log.key, a_key()

    class Passing(Event):
        """Time passes at once, and the right key signs again."""

        def wait(self, _seconds=None):
            made.log.key = good

    monkeypatch.setattr("web.cli_witness_looks.Event", Passing)
    code, said = made.look("run")
    assert (code, "не подписана ключом" in said, "ТРЕВОГА" in said) == (1, True, True)


def test_a_service_that_refuses_is_told_in_its_words(made):
    problem = {"title": "Журнал ещё не подписан", "detail": "Подождите минуту."}
    made.server.answer = plainly(409, json.dumps(problem).encode())
    code, said = made.look()
    assert (code, "Подождите минуту" in said, "409" in said) == (1, True, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--url", "http://office.example", "--token-file", "t"), "https"),
        (("--url", "https://office.example"), "--token-file"),
        (("--url", "https://office.example", "--login", "a"), "--password-file"),
        (("--url", "http://localhost:1", "--token-file", "/nowhere"), "/nowhere"),
    ],
)
def test_what_cannot_be_asked_is_told(made, arguments, words):
    code, said = made.told("once", *arguments)
    assert (code, words in said, made.handed_in()) == (2, True, [])


def test_without_a_network_files_do(made):
    checkpoint = made.file("checkpoint", made.log.checkpoint().replace("\n", "\r\n"))
    code, said = made.told("cosign", "--checkpoint", checkpoint)
    assert code == 0
    note = read_note(f"{made.log.head().note.text}\n{said.splitlines()[-1]}\n")
    vkey = json.loads(made.told("status", "-o", "json")[1])["vkey"]
    assert note.cosigned_at(read_vkey(vkey)) is not None

    made.log.hand_over()
    made.log.add("d")
    files = {
        "checkpoint": made.log.checkpoint(),
        "consistency": made.log.consistency(3, 4),
        "hand-overs": made.log.hand_overs(),
    }
    brought = {name: made.file(name, text) for name, text in files.items()}
    options = [part for name, path in brought.items() for part in (f"--{name}", path)]
    for missing, words in (("hand-overs", "не подписана ключом"), ("consistency", "с 3 до 4")):
        at = options.index(f"--{missing}")
        code, said = made.told("cosign", *options[:at], *options[at + 2 :])
        assert (code > 0, words in said) == (True, True)
    assert made.told("cosign", *options)[0] == 0


@pytest.mark.parametrize("content", ["x" * 1_100_000, "\x00", "é"])
def test_a_file_that_is_no_checkpoint_is_told(made, content):
    code, said = made.told("cosign", "--checkpoint", made.file("f", content))
    assert code in {1, 2}
    assert "контрольн" in said
    assert made.told("cosign", "--checkpoint", made.folder / "none")[0] == 2


def test_everything_is_said_in_three_languages_with_the_same_facts():
    for code, words in texts("witness").items():
        assert set(words) == set(LANGUAGES), code
        holes = [
            sorted(part.partition("}")[0] for part in words[each].split("{")[1:])
            for each in LANGUAGES
        ]
        assert holes[0] == holes[1] == holes[2], code
