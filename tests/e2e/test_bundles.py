"""Proofs and bundles at the machine, beside a running service; and at home, without it."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from bodies import GROUP
from running import Running, said


@pytest.fixture(scope="module")
def case(service: Running) -> str:
    """A case in a log that is sealed."""
    made = service.call("POST", "/api/v1/organizations", GROUP).body["id"]
    code, text = said("seal", "--once", data_dir=service.data_dir)
    assert code == 0, text
    return str(made)


@pytest.fixture
def policy(service: Running, case: str, tmp_path: Path) -> Path:
    """Whom the auditor trusts."""
    assert case
    code, vkey = said("seal", "--show-key", data_dir=service.data_dir)
    assert code == 0
    path = tmp_path / "policy"
    path.write_text(f"log {vkey}quorum none\n")
    return path


def audit(service: Running, *arguments: object) -> tuple[int, str]:
    return said("audit", *map(str, arguments), data_dir=service.data_dir)


def test_an_auditor_takes_a_bundle_home_and_checks_it_there(service, case, policy, tmp_path):
    known, taken = tmp_path / "known", tmp_path / "case.zip"
    code, note = audit(service, "checkpoint")
    assert code == 0
    known.write_text(note)
    size = note.splitlines()[1]
    code, text = audit(service, "bundle", taken, "--case", case, "--since", size)
    assert code == 0, text
    assert taken.stat().st_mode & 0o077 == 0
    asked = ("--policy", policy, "--checkpoint", known, "--case", case)
    code, text = audit(service, "verify", taken, *asked)
    assert (code, f"Дело {case}: все события" in text) == (0, True), text

    with ZipFile(taken) as archive:
        archive.extract("verify.py", tmp_path)
    command = [sys.executable, "-I", "-S", tmp_path / "verify.py", taken, *asked]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, text)


def test_proofs_are_printed_for_programs(service, case):
    code, text = audit(service, "inclusion", case, 1)
    assert (code, json.loads(text)["version"]) == (0, 1)
    code, text = audit(service, "completeness", case)
    assert (code, json.loads(text)["case"]) == (0, case)
    code, text = audit(service, "consistency", "--from", 1)
    assert (code, len(text.split()[0])) == (0, 44)


def test_what_is_not_in_the_log_is_refused_in_words(service, case, tmp_path):
    assert case
    never, taken = "00000000-0000-4000-8000-000000000000", tmp_path / "taken.zip"
    code, text = audit(service, "bundle", taken, "--case", never)
    assert (code, "Такого дела нет" in text) == (1, True), text
    assert list(tmp_path.iterdir()) == []
