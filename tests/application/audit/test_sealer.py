"""The sealer seals every event in order, and signs nothing that does not fit."""

import pytest
from msgspec.structs import replace
from sealing import checkpoints, expected, work

from application.databases import sealer_url
from application.sealer import Sealer


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    """A sealer with a folder of its own, at an empty database."""
    mine = replace(settings, sealer_dir=tmp_path / "sealer", log_origin="office.test/log")
    return Sealer(mine, sealer_url(mine, database_url), services.clock)


def test_what_is_sealed_is_every_event_in_order_and_the_heads(sealer, services, database_url):
    for count in (1, 3, 2):
        work(services, count)
        sealer.seal_once()
    assert len(checkpoints(database_url)) == 3
    assert checkpoints(database_url) == expected(database_url)
