"""Files that are no bundles, or were made to harm whoever reads them: refused, with the reason."""

import io
import json
import struct
import tracemalloc
import zlib
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from bundling import Auditor, bundle_of, packed
from memory_log import case, sealed_log

from application.audit.bundles import part_of_case

LOG = sealed_log(cases=9)
FILES = bundle_of(LOG, part_of_case(LOG, case(1)))
LINE = FILES["events.ndjson"].splitlines()[0]


def refused(auditor: Auditor, bundle) -> str:
    code, text = auditor.check(bundle)
    assert code == 1, text
    return text


@pytest.fixture
def auditor(tmp_path) -> Auditor:
    return Auditor(tmp_path)


@pytest.mark.parametrize("size", [0, 1, 21, 22, 97, 98, 1000])
def test_what_is_no_zip_file_is_refused(auditor, size):
    whole = packed(FILES)
    for content in (b"\0" * size, whole[:size], b"PK\5\6".ljust(size, b"\0")[:size]):
        refused(auditor, content)


def test_a_bundle_that_is_cut_short_anywhere_is_refused(auditor):
    whole = packed(FILES)
    for size in range(0, len(whole), 211):
        refused(auditor, whole[:size])


@pytest.mark.parametrize("name", sorted(set(FILES) - {"verify.py"}))
def test_a_file_that_is_missing_is_named(auditor, name):
    left = {each: content for each, content in FILES.items() if each != name}
    assert f"нет файла {name}" in refused(auditor, left)


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "events.ndjson/", "notes.txt", "hand-overs/0", "CHECKPOINT"]
)
def test_a_file_that_does_not_belong_there_is_named(auditor, name):
    assert f"посторонний файл {name}" in refused(auditor, {**FILES, name: b""})


def test_a_name_cannot_write_onto_the_terminal(auditor):
    text = refused(auditor, {**FILES, "\x1b[2J\n\u202eПРОВЕРЕНО": b""})
    assert not set(text) & {"\x1b", "\u202e"}
    assert len(text.splitlines()) == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(auditor):
    file = io.BytesIO(packed(FILES))
    with ZipFile(file, "a") as archive:
        archive.writestr("checkpoint", FILES["checkpoint"])
    assert "checkpoint есть в пакете дважды" in refused(auditor, file.getvalue())


def test_another_way_of_packing_is_refused(auditor):
    file = io.BytesIO(packed({name: FILES[name] for name in FILES if name != "proof"}))
    with ZipFile(file, "a") as archive:
        archive.writestr("proof", FILES["proof"], ZIP_BZIP2)
    assert "proof зашифрован или сжат" in refused(auditor, file.getvalue())


def test_an_encrypted_file_is_refused(auditor):
    whole = bytearray(packed(FILES))
    place = whole.index(b"PK\1\2")
    whole[place + 8] |= 1
    assert "зашифрован" in refused(auditor, bytes(whole))


def test_a_bomb_is_refused_before_it_is_unpacked(auditor):
    file = io.BytesIO(packed({name: FILES[name] for name in FILES if name != "events.ndjson"}))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive, archive.open("events.ndjson", "w") as bomb:
        for _ in range(64):
            bomb.write(b" " * (1 << 20))
    content = file.getvalue()
    tracemalloc.start()
    text = refused(auditor, content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "распаковывается в 67108864 байт" in text
    assert most < 1 << 22


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_it_says(auditor):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(64)) + packer.flush()
    whole = packed({**FILES, "events.ndjson": b"@" * 7})
    with ZipFile(io.BytesIO(whole)) as archive:
        entry = archive.getinfo("events.ndjson")
    start = entry.header_offset + 30 + len(entry.filename)
    content = bytearray(whole[:start] + bomb + whole[start + entry.compress_size :])
    grown = len(bomb) - entry.compress_size
    for place in _central(content):
        offset, size = struct.unpack_from("<I", content, place + 42)[0], place + 20
        if offset == entry.header_offset:
            struct.pack_into("<I", content, size, len(bomb))
        elif offset > entry.header_offset:
            struct.pack_into("<I", content, place + 42, offset + grown)
    end = len(content) - 22
    struct.pack_into(
        "<I", content, end + 16, struct.unpack_from("<I", content, end + 16)[0] + grown
    )
    assert "events.ndjson" in refused(auditor, bytes(content))


def _central(content: bytes) -> list[int]:
    places, place = [], content.find(b"PK\1\2")
    while place >= 0:
        places.append(place)
        place = content.find(b"PK\1\2", place + 1)
    return places


def test_a_directory_of_many_files_is_not_even_read(auditor):
    many = {**FILES, **{f"consistency/{number}": b"" for number in range(1, 200)}}
    assert "не ZIP-файл пакета" in refused(auditor, packed(many))


def test_a_directory_that_lies_about_its_length_is_not_read(auditor):
    whole = bytearray(packed(FILES))
    struct.pack_into("<I", whole, len(whole) - 10, 1 << 30)
    assert "не ZIP-файл пакета" in refused(auditor, bytes(whole))
    assert "не ZIP-файл пакета" in refused(auditor, packed(FILES) + b"more")


BIG = "9" * 5000


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "null",
        "{",
        "{}",
        "[" * 50_000,
        '{"index":' * 6_000,
        LINE.decode().replace('"index":1', '"index":NaN'),
        LINE.decode().replace('"index":1', '"index":1.0'),
        LINE.decode().replace('"index":1', '"index":-1'),
        LINE.decode().replace('"index":1', f'"index":{BIG}'),
        LINE.decode().replace('"index":1', '"index":true'),
        LINE.decode().replace('"index":1', '"index":null'),
        LINE.decode().replace('"index":1', '"index":"1"'),
        LINE.decode().replace('"index":1', '"index":1,"index":1'),
        LINE.decode().replace('"index":1', '"index":1,"more":1'),
        LINE.decode().replace('"index":1,', ""),
        LINE.decode().replace('"topic":"', '"topic":"\\ud800'),
        LINE.decode().replace('"topic":"request.noted"', '"topic":{}'),
        LINE.decode().replace('"state"', '"state_base64"'),
        LINE.decode().replace('"state"', '"state_base64":"","state"'),
        LINE.decode().replace(str(case(1)), str(case(1)).upper()),
        LINE.decode().replace(str(case(1)), case(1).hex),
        LINE.decode().replace(str(case(1)), "٣" + str(case(1))[1:]),
        '{"index":1,"cases":1,"root":"AAAA"}',
        '{"index":1,"cases":1,"root":7}',
    ],
)
def test_a_line_that_is_none_is_named(auditor, line):
    text = refused(auditor, {**FILES, "events.ndjson": line.encode() + b"\n"})
    assert "events.ndjson, строка 1" in text


def test_a_line_without_end_is_refused(auditor):
    noise = "".join(f"{number:x}" for number in range(1_200_000))
    text = refused(auditor, {**FILES, "events.ndjson": noise.encode()})
    assert "events.ndjson, строка 1" in text
    assert "too long" in text


def test_bytes_that_are_no_utf8_are_refused(auditor):
    assert "строка 1" in refused(auditor, {**FILES, "events.ndjson": b"\xff" + LINE})


@pytest.mark.parametrize("name", ["proof", "heads"])
def test_a_changed_proof_is_refused(auditor, name):
    lines = FILES[name].splitlines()
    others = [
        lines[:-1],
        [*lines, lines[-1]],
        lines[::-1],
        [lines[0][:-5] + b"AAAA=", *lines[1:]],
        [b"", *lines],
        [b"x" + lines[0], *lines[1:]],
        [b"999 " + lines[0], *lines[1:]],
        [],
    ]
    for changed in others:
        content = b"".join(line + b"\n" for line in changed)
        refused(auditor, {**FILES, name: content})


MANIFEST = json.loads(FILES["manifest.json"])


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "kzrfo-bundle-v2"},
        {"origin": "other.example"},
        {"kind": "everything"},
        {"kind": "log"},
        {"kind": ["log"]},
        {"case": "x"},
        {"case": str(case(2))},
        {"size": 15},
        {"made_at": "вчера"},
        {"from": "2026-03-02T07:04:00Z"},
        {"kind": "period", "from": "2026-03-02T07:04:00Z", "to": "2026-13-02T07:04:00Z"},
        {"more": 1},
    ],
)
def test_a_manifest_that_says_something_else_is_refused(auditor, changes):
    written = json.dumps({**MANIFEST, **changes}).encode()
    refused(auditor, {**FILES, "manifest.json": written})


def test_an_event_of_a_period_without_its_time_is_named(auditor):
    about = {**MANIFEST, "kind": "period", "from": MANIFEST["made_at"], "to": MANIFEST["made_at"]}
    del about["case"]
    files = {name: content for name, content in FILES.items() if name != "heads"}
    for state in (
        "",
        "[]",
        "{",
        '{"recorded_at":7}',
        '{"recorded_at":"9999-99-99"}',
        "[" * 50_000,
    ):
        line = json.dumps({**json.loads(LINE), "state": state})
        made = {
            **files,
            "manifest.json": json.dumps(about).encode(),
            "events.ndjson": line.encode() + b"\n",
        }
        assert "нет времени, когда оно записано" in refused(auditor, made)
