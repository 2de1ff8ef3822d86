"""Commands about bundles that are wrong in themselves, and need no service to be told so."""

import pytest
from click.testing import CliRunner

from web.cli_audit import audit

NEVER = "00000000-0000-4000-8000-000000000000"
NOON = "2026-03-02T12:00:00+05:00"


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("либо о деле", ["bundle", "new.zip"]),
        ("либо о деле", ["bundle", "new.zip", "--whole", "--case", NEVER]),
        ("либо о деле", ["bundle", "new.zip", "--from", NOON]),
        ("позже начала", ["bundle", "new.zip", "--from", NOON, "--to", NOON]),
        ("new.zip", ["bundle", "nowhere/new.zip", "--whole"]),
        ("готовый файл", ["bundle", "old.zip", "--whole"]),
        ("--policy", ["verify", "old.zip"]),
        ("не открывается", ["verify", "old.zip", "--policy", "nowhere"]),
        ("строка 1", ["verify", "old.zip", "--policy", "old.zip"]),
        ("0 is not in the range", ["consistency", "--from", "0"]),
    ],
)
def test_a_wrong_command_says_what_is_wrong(tmp_path, monkeypatch, said, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.zip").write_text("trust me")
    answer = CliRunner().invoke(audit, [*arguments, "--language", "ru"])
    assert (answer.exit_code, said in answer.output) == (2, True), answer.output
    assert [each.name for each in tmp_path.iterdir()] == ["old.zip"]


def test_a_bundle_that_is_refused_ends_the_command_with_1(tmp_path):
    (tmp_path / "bundle.zip").write_text("no bundle")
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    (tmp_path / "policy").write_text(f"log {vkey}\nquorum none\n")
    command = ["verify", str(tmp_path / "bundle.zip"), "--policy", str(tmp_path / "policy")]
    answer = CliRunner().invoke(audit, [*command, "--language", "en"])
    assert (answer.exit_code, answer.output.startswith("REFUSED")) == (1, True)
