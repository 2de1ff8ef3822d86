"""`frontoffice audit verify` says of a hostile bundle what is the matter, and never more."""

from itertools import chain, islice

import pytest
from click.testing import CliRunner
from dishonest_log import files_of, zipped
from hostile_archives import archives
from hostile_files import contents
from tampering import World

from web.cli_audit import audit


@pytest.fixture
def given(tmp_path):
    """An honest bundle, and the arguments with which its auditor verifies one."""
    world = World(1)
    about = world.about("case", 3, world.seen_size)
    auditor = world.auditor(about, witnessed=world.witnessed)
    (tmp_path / "policy.txt").write_text(auditor.policy, "utf-8")
    (tmp_path / "earlier").write_bytes(auditor.earlier)
    files = files_of(world.log, world.size, about, world.note(world.size))
    path = tmp_path / "bundle.zip"
    options = (
        "--language",
        "ru",
        "--policy",
        tmp_path / "policy.txt",
        "--checkpoint",
        tmp_path / "earlier",
    )
    return files, path, [str(each) for each in ("verify", path, *options)]


def test_it_is_refused_in_words(given):
    files, path, arguments = given
    path.write_bytes(zipped(files))
    assert CliRunner().invoke(audit, arguments).exit_code == 0
    hostile = chain(islice(archives(files), 0, None, 8), islice(contents(files), 0, None, 12))
    for name, bundle in hostile:
        path.write_bytes(bundle)
        said = CliRunner().invoke(audit, arguments)
        assert (said.exit_code, type(said.exception)) == (1, SystemExit), (name, said.output)
        assert said.output.startswith("НЕ ПРОЙДЕНО"), name
        assert "Traceback" not in said.output
