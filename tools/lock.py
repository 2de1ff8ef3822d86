"""Resolve the dependencies anew into requirements/, with hashes and with no host in them.

run.lock is what the service runs on, test.lock adds what checks it, lowest.txt is every
lower bound of pyproject.toml as an exact pin, for `make test-lowest`.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
    "--no-annotate",
)


def lowest(requirements: Iterable[str]) -> list[str]:
    """Return each lower bound as an exact pin."""
    bounds = (re.match(r"([\w.\[\],-]+)>=([\w.]+)", each) for each in requirements)
    return [f"{match[1]}=={match[2]}" for match in bounds if match]


def compile_lock(name: str, requirements: Iterable[str], *more: str) -> None:
    """Resolve the requirements into a lock file."""
    source = FOLDER / f"{name}.in"
    source.write_text("\n".join(requirements) + "\n")
    lock = str(FOLDER / f"{name}.lock")
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *more]
    try:
        subprocess.run([*command, "--output-file", lock, str(source)], check=True)  # noqa: S603  Our own arguments.
    finally:
        source.unlink()


def direct() -> tuple[list[str], list[str]]:
    """Return what the service needs, and what its checks need besides."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return run, [*groups["test"], *groups["lint"]]


def main() -> None:
    """Write the three files."""
    FOLDER.mkdir(exist_ok=True)
    run, checks = direct()
    compile_lock("run", run)
    compile_lock("test", checks, "--constraint", str(FOLDER / "run.lock"))
    (FOLDER / "lowest.txt").write_text("\n".join(lowest([*run, *checks])) + "\n")


if __name__ == "__main__":
    main()
