"""What the code must not do at all, read off the code: no test of behaviour could show it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [path for name in ("domain", "application", "web") for path in (ROOT / name).rglob("*.py")]
# Modules that are dangerous or weak, and where one of them is needed after all.
NEEDED = {
    "subprocess": {"application/persistence/keeper.py", "web/second_process.py", "web/sealing.py"},
    "ctypes": {"application/persistence/keeper.py"},
    "socket": {"web/timed_socket.py", "web/ports.py"},
    # To the identity provider; and a witness, which is no part of the service, to the service.
    "urllib.request": {"application/sign_in/fetching.py", "application/audit/asking.py"},
    "zipfile": {
        *("application/audit/bundles.py", "application/audit/verify.py"),
        *("application/persistence/backup_file.py", "application/persistence/new_backup.py"),
        *("domain/document/packages.py", "domain/document/recognition.py"),
        *("domain/zip_files.py", "web/imports/workbooks.py"),
    },
    "zlib": {"domain/zip_files.py", "application/audit/verify.py"},
}
NEVER = {
    *("pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "plistlib", "ldap", "smtplib"),
    *("random", "crypt", "ftplib", "telnetlib", "requests", "httpx", "aiohttp", "pymemcache"),
    *("tarfile", "gzip", "bz2", "lzma", "pty", "code", "codeop", "socketserver"),
}
CRYPTOGRAPHERS = ("application/sign_in/", "application/persistence/", "application/audit/")
CRYPTOGRAPHY = {"cryptography", "argon2", "hashlib", "hmac", "secrets", "jwt", "ssl"}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in sorted(FILES)}


def is_in(name: str, modules: set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in modules)


def test_nothing_is_imported_that_runs_unpacks_or_reaches_out_where_it_need_not():
    for path, tree in TREES.items():
        for name in imports(tree):
            assert not is_in(name, NEVER), (path, name)
            for module, places in NEEDED.items():
                assert path in places or not is_in(name, {module}), (path, name)


def test_nothing_that_is_said_is_run():
    for path, tree in TREES.items():
        for name, call in called(tree):
            assert name not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
            assert not name.startswith(("os.exec", "os.spawn", "importlib.import")), (path, name)
            assert "shell" not in {each.arg for each in call.keywords}, (path, name)


def test_a_template_of_a_page_is_written_here_and_not_made_of_words():
    found = 0
    for path, tree in TREES.items():
        for name, call in called(tree):
            if name.endswith("render_template_string"):
                found += 1
                assert ast.unparse(call.args[0]) == "PAGE", path
    assert found >= 1


def test_a_pattern_is_written_here_and_not_made_of_words():
    for path, tree in TREES.items():
        for name, call in called(tree):
            if name in {"re.compile", "re.fullmatch", "re.match", "re.search", "re.sub"}:
                pattern = call.args[0]
                ours = isinstance(pattern, ast.Constant) or "words['pattern']" in ast.unparse(
                    pattern
                )
                assert ours, (path, ast.unparse(call))


def test_only_published_cryptography_is_used_and_no_weak_hash():
    weak = re.compile(r"\b(md5|sha1|ecb|des3?|rc4|arc4|blowfish|pkcs1v15|pbkdf2)\b", re.IGNORECASE)
    for path, tree in TREES.items():
        text = (ROOT / path).read_text("utf-8")
        assert not weak.search(text), (path, weak.search(text))
        used = set(re.findall(r"hashlib\.(\w+)|hashes\.([A-Z]\w+)", text))
        assert used <= {("sha256", ""), ("", "SHA256")}, (path, used)
        for name in imports(tree):
            if is_in(name, CRYPTOGRAPHY - {"hashlib"}):
                assert path.startswith(CRYPTOGRAPHERS), path


def test_no_secret_stands_in_a_file_of_the_project():
    secret = r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}"
    readmes = [*ROOT.glob("*.md")]  # They show what a demonstration that is over has printed.
    texts = [*FILES, *(ROOT / "docs").glob("*.md"), ROOT / "Makefile"]
    for path in (*texts, *readmes):
        tokens = "" if path in readmes else r"|\bfo_[\w-]{43}\b"
        assert not re.search(secret + tokens, path.read_text("utf-8")), path


@pytest.mark.parametrize("name", ["run.lock", "test.lock"])
def test_every_component_is_pinned_to_a_version_and_to_its_hash(name):
    lines = (ROOT / "requirements" / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]

    assert len(pinned) > 30
    for line in pinned:
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==[\w.+!]+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_what_is_needed_is_in_the_list_of_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements/run.lock").read_text("utf-8").lower()
    for each in project["dependencies"]:
        name = re.match(r"[\w.-]+", each)[0].lower()
        assert re.search(rf"^{re.escape(name)}(\[\w+\])?==", lock, re.MULTILINE), name
