"""A sealer that dies at any step goes on with the one log, and never signs a size twice."""

from itertools import count

import pytest
from dying import dying
from sealing import change, checkpoints, expected, sealer_of

from application.audit.checkpoints import read_checkpoint

NEWS = """
INSERT INTO case_events SELECT id, coalesce(version, 0) + 1, 'plain', '{}',
    nextval('case_events_notification_id_seq')
FROM unnest(ARRAY[gen_random_uuid(), uuid_nil]) AS id LEFT JOIN (
    SELECT originator_id, max(originator_version) AS version FROM case_events GROUP BY 1
) AS head ON originator_id = id
""".replace("uuid_nil", "'00000000-0000-0000-0000-000000000000'::uuid")


# The cursors of who is dead are open until the server hears of it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("has_news", [False, True], ids=["nothing new", "news meanwhile"])
def test_after_a_death_at_any_step_there_is_one_log(
    services, settings, database_url, tmp_path, has_news
):
    sealer = sealer_of(services, settings, database_url, tmp_path / "sealer")
    signed, deaths = {}, 0

    def see():
        """Note every checkpoint that somebody could have seen, or that is kept outside."""
        outside = sealer.files.last()
        published = checkpoints(database_url)
        kept = [] if outside is None else [read_checkpoint(outside.text)]
        for each in (*published, *kept):
            assert signed.setdefault(each.size, each) == each
        assert set(published) <= {*signed.values()}
        if published:
            assert kept
            assert kept[0].size >= published[-1].size

    for step in count(1):
        change(database_url, NEWS)
        with dying(step) as steps:
            sealer.seal_once()
        see()
        if has_news:
            change(database_url, NEWS)
        sealer.seal_once()
        see()
        deaths += steps.has_died
        if not steps.has_died:
            break
    assert checkpoints(database_url) == expected(database_url)
    assert deaths > 30
