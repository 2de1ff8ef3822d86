"""Bundles for tests: made, changed by hand, and given to the verifier."""

import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from memory_log import POLICY, START, MemoryLog

from application.audit import verify
from application.audit.bundles import Part, write_bundle

Files = dict[str, bytes]


class Verdict(NamedTuple):
    """What the verifier said."""

    code: int
    text: str


def bundle_of(log: MemoryLog, part: Part, since: int | None = None) -> Files:
    """Return the files of a bundle by their names."""
    file = io.BytesIO()
    write_bundle(log, part, file, made_at=START, since=since)
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a bundle."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_lines(files: Files, change: Callable[[list[dict[str, Any]]], Any]) -> Files:
    """Return the files with the lines of the events changed, as objects."""
    lines = [json.loads(line) for line in files["events.ndjson"].splitlines()]
    change(lines)
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return {**files, "events.ndjson": written.encode()}


class Auditor:
    """Has a folder with a policy, and checks bundles there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keep("policy", POLICY.encode())

    def keep(self, name: str, content: bytes) -> str:
        """Put a file into the folder; return its path."""
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def check(self, bundle: bytes | Files, *more: str, language: str = "ru") -> Verdict:
        """Check a bundle."""
        content = bundle if isinstance(bundle, bytes) else packed(bundle)
        path, policy = self.keep("bundle.zip", content), str(self.folder / "policy")
        said = io.StringIO()
        with redirect_stdout(said):
            code = verify.main([path, "--policy", policy, "--language", language, *more])
        return Verdict(code, said.getvalue())
