"""The budgets of the house, and what must stand in no file."""

import ast
import hashlib
import json
import re
import statistics
import subprocess
import tomllib
from pathlib import Path

import application
import domain
import web

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "web")
SOURCES = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Tables of titles: one row an entry, as in the handbook's own lists.
TABLES = {"handbook_titles.py", "work_titles.py", "status_titles.py"}
# What an auditor takes home is one file, and nothing else has to be there to run it.
ONE_FILE = {"verify.py": 1200}
HOSTS = re.compile(r"(pypi|npmjs|pythonhosted|debian)\.(org|com)", re.IGNORECASE)


def functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [n.end_lineno - n.lineno + 1 for n in ast.walk(tree) if isinstance(n, kinds)]


def p95(numbers: list[int]) -> float:
    return statistics.quantiles(numbers, n=20)[-1]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_files_are_small():
    lengths = [
        len(path.read_text("utf-8").splitlines())
        for path in SOURCES
        if path.name not in TABLES | ONE_FILE.keys()
    ]

    assert max(lengths) <= 250
    assert p95(lengths) <= 180
    assert statistics.median(lengths) <= 60


def test_the_one_file_of_the_auditor_does_not_grow():
    found = {path.name: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert all(found[name] <= most for name, most in ONE_FILE.items())


def test_functions_are_small():
    lengths = [length for path in SOURCES for length in functions(path)]

    assert max(lengths) <= 30
    assert p95(lengths) <= 18
    assert statistics.median(lengths) <= 6


def test_no_file_names_the_host_of_a_package_registry():
    found = [
        str(path)
        for path in tracked()
        if path.suffix != ".png" and path.exists() and HOSTS.search(path.read_text("utf-8"))
    ]
    assert [name for name in found if "swagger-ui" not in name and name != __file__] == []


def test_every_ignored_rule_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    rules = re.findall(r'^    "[A-Z]{1,4}\d*",(.*)$', text, re.MULTILINE)

    assert len(rules) > 20
    assert all(re.match(r"\s+# \w.+\.$", reason) for reason in rules)
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    assert not re.search(r"# noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)*  \S)", source)


def test_lower_bounds_are_the_ones_that_are_tested():
    groups = PROJECT["dependency-groups"]
    requirements = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"],
        *groups["test"],
        *groups["lint"],
    ]
    pins = [re.sub(r">=([\w.]+).*", r"==\1", each) for each in requirements]
    assert (ROOT / "requirements/lowest.txt").read_text("utf-8").splitlines() == pins


def test_our_packages_are_ours():
    """A package of the same name from elsewhere must not stand in our place."""
    for package in (domain, application, web):
        home = Path(package.__file__).parents[1]
        assert home == ROOT or (home / "front_office-0.1.0.dist-info").is_dir()


def test_vendored_assets_are_the_ones_that_were_published():
    folder = ROOT / "web/static/swagger-ui"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
