"""The layers are held by import-linter, and each contract sees what it is there to see."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
)


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the packages, to plant violations in."""
    copy = tmp_path_factory.mktemp("tree")
    for name in ("domain", "application", "web"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def test_the_contracts_are_kept(tree):
    answer = lint(tree)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("domain/words.py", "import application.streams", "The web asks the application"),
        ("application/streams.py", "import web.languages", "The web asks the application"),
        ("domain/words.py", "import flask", "The domain knows no framework"),
        ("domain/words.py", "import psycopg", "The domain knows no framework"),
        ("application/streams.py", "import marshmallow", "The application knows nothing"),
        ("application/streams.py", "import psycopg", "PostgreSQL is spoken in"),
        ("web/lists.py", "import psycopg", "PostgreSQL is spoken in"),
        ("web/lists.py", "import application.persistence.store", "The web reaches the database"),
    ],
)
def test_a_planted_violation_is_found(tree, module, planted, contract):
    path = tree / module
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{planted}\n", "utf-8")
    try:
        answer = lint(tree)
    finally:
        path.write_text(before, "utf-8")

    assert answer.returncode == 1
    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), answer.stdout
