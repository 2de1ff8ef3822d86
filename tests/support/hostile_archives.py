"""ZIP files that are no bundles, or do harm to who unpacks them: each by its name.

None of them may be accepted; to refuse one must cost neither much memory nor much time.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from dishonest_log import Files, zipped

MIB = 1 << 20
BOMB = 96 * MIB  # More than the memory that a verifier is given.
FOREIGN_NAMES = (
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\windows\\win.ini",
    "hand-overs/../checkpoint",
    "hand-overs/",
    "hand-overs/01",
    "hand-overs/1000000",
    "consistency/0",
    "consistency/-1",
    "consistency/1e3",
    "consistency/١",
    "Manifest.json",
    "manifest.json ",
    "./manifest.json",
    "события.ndjson",
    "a" * 60_000,
    "__pycache__/verify.pyc",
)


def archives(honest: Files) -> Iterator[tuple[str, bytes]]:
    """Yield all of them, made of an honest bundle."""
    whole = zipped(honest)
    yield from _no_archives(whole)
    yield from _bombs(honest)
    yield from _names(honest)
    yield from _records(honest, whole)


def _no_archives(whole: bytes) -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "chance", Random(1).randbytes(5000)
    yield "a text", "Это не пакет.\n".encode() * 100
    yield "only the end of a ZIP file", whole[-22:]
    yield "an empty ZIP file", b"PK\5\6" + bytes(18)
    yield "a ZIP file and more behind it", whole + b"more"
    yield "a ZIP file twice", whole + whole
    step = max(1, len(whole) // 150)
    for cut in range(1, len(whole), step):
        yield f"cut at byte {cut}", whole[:cut]


def _bombs(honest: Files) -> Iterator[tuple[str, bytes]]:
    for name in ("events.ndjson", "proof", "manifest.json", "checkpoint", "heads", "verify.py"):
        yield f"a bomb of zeros in {name}", _with_bomb(honest, name, bytes(MIB))
    spaces = b'{"index":' + b" " * (MIB - 9)
    yield "a bomb of one line of JSON", _with_bomb(honest, "events.ndjson", spaces)
    yield "a bomb of empty lines", _with_bomb(honest, "events.ndjson", b"\n" * MIB)
    yield "a bomb of hashes", _with_bomb(honest, "proof", (b"A" * 43 + b"=\n") * 23_000)
    nested = _with_bomb({}, "events.ndjson", bytes(MIB))
    for depth in range(4):
        nested = zipped({f"consistency/{n}": nested for n in range(1, 9)} if depth else honest)
    yield "ZIP files in ZIP files", nested
    yield "ten thousand files", zipped({f"consistency/{n}": b"" for n in range(1, 10_001)})
    yield "files that overlap", _overlapping(honest)


def _with_bomb(honest: Files, name: str, piece: bytes) -> bytes:
    into = io.BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in honest.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w") as bomb:
            for _ in range(BOMB // len(piece)):
                bomb.write(piece)
    return into.getvalue()


def _overlapping(honest: Files) -> bytes:
    """One packed content, to which a hundred names lead."""
    into = io.BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in honest.items():
            archive.writestr(name, content)
        archive.writestr("consistency/1", bytes(64 * 1024))
        one = archive.getinfo("consistency/1")
        for number in range(2, 101):
            other = ZipInfo(f"consistency/{number}")
            for told in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(other, told, getattr(one, told))
            archive.filelist.append(other)
    return into.getvalue()


def _names(honest: Files) -> Iterator[tuple[str, bytes]]:
    for name in FOREIGN_NAMES:
        yield f"a file {name[:40]!r}", zipped({**honest, name: b"x"})
    for name in honest:
        if name != "verify.py":
            yield f"{name} is not there", zipped({k: v for k, v in honest.items() if k != name})
        yield f"{name} is there twice", _twice(honest, name)
        renamed = zipped({(k + "~nul" if k == name else k): v for k, v in honest.items()})
        yield f"{name} has a NUL in its name", renamed.replace(b"~nul", b"\0nul")
    link = ZipInfo("checkpoint")
    link.external_attr = 0o120777 << 16
    link.create_system = 3
    yield "checkpoint is a link", _instead(honest, link, b"/etc/passwd")


def _twice(honest: Files, name: str) -> bytes:
    """The file, and once more under the same name; the library that writes it only warns."""
    mark = "~" + name[1:]
    doubled = zipped({**honest, mark: honest[name]})
    return doubled.replace(mark.encode(), name.encode())


def _instead(honest: Files, info: ZipInfo, content: bytes, method: int = ZIP_STORED) -> bytes:
    into = io.BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, other in honest.items():
            if name != info.filename:
                archive.writestr(name, other)
        archive.writestr(info, content, method)
    return into.getvalue()


def _records(honest: Files, whole: bytes) -> Iterator[tuple[str, bytes]]:
    for method in (ZIP_BZIP2, ZIP_LZMA):
        packed = _instead(honest, ZipInfo("proof"), honest["proof"], method)
        yield f"packed by method {method}", packed
    for method in (1, 6, 9, 93, 99):
        yield f"said to be packed by method {method}", _patched(whole, 10, "<H", method)
    yield "said to be stored", _patched(whole, 10, "<H", 0)
    yield "encrypted", _patched(whole, 8, "<H", 1)
    yield "strongly encrypted", _patched(whole, 8, "<H", 0x41)
    for size in (0, 1, 1 << 31, (1 << 32) - 2):
        yield f"a size of {size}", _patched(whole, 24, "<I", size)
        yield f"a packed size of {size}", _patched(whole, 20, "<I", size)
        yield f"an offset of {size}", _patched(whole, 42, "<I", size)
    yield "a wrong check sum", _patched(whole, 16, "<I", 1)
    for size in (0, 50, 65_535):
        yield f"a directory of {size} bytes", _ended(whole, 12, "<I", size)
        yield f"a directory of {size} files", _ended(whole, 8, "<HH", size, size)
        yield f"a directory at {size}", _ended(whole, 16, "<I", size)


def _patched(whole: bytes, at: int, form: str, value: int) -> bytes:
    """Another value in the directory's record of the second file, which is the checkpoint."""
    first = whole.index(b"PK\1\2")
    record = whole.index(b"PK\1\2", first + 4)
    found = bytearray(whole)
    struct.pack_into(form, found, record + at, value)
    return bytes(found)


def _ended(whole: bytes, at: int, form: str, *values: int) -> bytes:
    found = bytearray(whole)
    struct.pack_into(form, found, len(whole) - 22 + at, *values)
    return bytes(found)


def longer(honest: Files) -> bytes:
    """The packed proof goes on behind the size that is said, with a check sum that fits the size.

    Nobody reads what lies there, so it does no harm.
    """
    more = honest["proof"] + b"A" * 1000
    whole = zipped({**honest, "proof": more})
    record = whole.index(b"PK\1\2")
    while whole[record + 46 : record + 46 + 5] != b"proof":
        record = whole.index(b"PK\1\2", record + 4)
    found = bytearray(whole)
    struct.pack_into("<I", found, record + 16, zlib.crc32(honest["proof"]))
    struct.pack_into("<I", found, record + 24, len(honest["proof"]))
    return bytes(found)


def flipped(whole: bytes, drawn: Random) -> bytes:
    """The file with some bits of one byte turned, or some bytes anew."""
    at = drawn.randrange(len(whole))
    count = 1 if drawn.random() < 0.8 else drawn.randrange(1, 40)
    changed = bytes(whole[at : at + count])
    other = changed
    while other == changed:
        other = drawn.randbytes(len(changed))
    return whole[:at] + other + whole[at + len(changed) :]
