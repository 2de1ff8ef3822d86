"""What makes the event library lose the order of events is refused, whatever is to be done."""

from uuid import UUID

import click
import pytest
from click import Group
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, strtobool

from application.settings import SettingsError, read_settings
from web.cli import frontoffice

SETTING = PostgresFactory.POSTGRES_ENABLE_DB_FUNCTIONS
ON = ("y", "yes", "t", "true", "on", "1", "Y", "True")
OFF = ("", "n", "no", "f", "false", "off", "0", "N", "False")
# `doctor` tells of the setting as of everything else that is wrong (code 1), `serve` is started as
# a process in test_serve.py; a description, the rules, a bundle that is there and a witness of
# another machine have to do with no setting.
NOT_HERE = {"doctor", "serve", "openapi", "rules", "verify", "witness"}
DRAFT = 'version = "sufficiency/draft"\nconfirmations = 2\n'
VALUES = {
    "case": "KZ-75/2026/000001",
    "day": "2026-05-08",
    "start": "2026-05-08",
    "role": "specialist",
    "ground": "unlawful",
    "name": "sufficiency",
}


def commands(group=frontoffice, path=()):
    for name, command in group.commands.items():
        if name in NOT_HERE:
            continue
        if isinstance(command, Group):
            yield from commands(command, (*path, name))
        else:
            yield pytest.param((*path, name), command, id=" ".join((*path, name)))


def arguments(command, tmp_path):
    """Return what a command needs, so that nothing but the setting can be wrong."""
    for each in command.params:
        value = str(UUID(int=1)) if each.type is click.UUID else VALUES.get(each.name, "1")
        if each.name == "file":
            file = tmp_path / "list.csv"
            value = str(file)
            if each.type.exists:
                file.write_text(DRAFT)
        if wanted := {"--working", "--whole"} & {*each.opts}:
            yield from wanted
        elif each.required:
            yield from ([each.opts[0], value] if each.opts[0].startswith("--") else [value])


@pytest.fixture
def nothing_set(monkeypatch, tmp_path):
    monkeypatch.setenv("FRONTOFFICE_DATA_DIR", str(tmp_path / "nothing"))
    return monkeypatch


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_no_command_is_carried_out_with_it(nothing_set, tmp_path, path, command):
    nothing_set.setenv(SETTING, "y")
    with pytest.raises(SettingsError, match=f"{SETTING} is set"):
        frontoffice.main([*path, *arguments(command, tmp_path)], standalone_mode=False)
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("prefix", ["", "CASE_", "FRONTOFFICE_", "ANY_"])
@pytest.mark.parametrize("value", [*ON, " y ", "maybe", "2"])
def test_it_is_refused_under_every_name_by_which_the_library_reads_it(nothing_set, prefix, value):
    nothing_set.setenv(f"{prefix}{SETTING}", value)
    with pytest.raises(SettingsError, match=f"{prefix}{SETTING} is set"):
        read_settings()


@pytest.mark.parametrize("value", OFF)
def test_switched_off_it_is_what_is_needed(nothing_set, value):
    nothing_set.setenv(SETTING, value)
    read_settings()


def test_the_library_reads_it_by_these_names_and_in_these_words():
    for name in (SETTING, f"CASE_{SETTING}"):
        assert Environment("case", {name: "y"}).get(SETTING) == "y"
    assert all(strtobool(value) for value in ON)
    assert not any(strtobool(value) for value in OFF if value)
