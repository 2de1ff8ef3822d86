"""Sixteen who write and four who follow the feed of a running service: none misses an event."""

from threading import Thread

import feed_order
import pytest
from feed_order import FOLLOWERS, truth
from running import said

WRITERS, EVENTS = 16, 6_000


@pytest.fixture(scope="module")
def followers(service, tmp_path_factory):
    """What four have read, one of whom was killed twice, while sixteen wrote."""
    arguments = ((service.data_dir, EVENTS // WRITERS, seed) for seed in range(WRITERS))
    writers = [Thread(target=feed_order.write, args=each) for each in arguments]
    folder = tmp_path_factory.mktemp("read")
    return feed_order.play(service, folder, writers, kills=2, each=20_000)


@pytest.mark.parametrize("number", range(len(FOLLOWERS)))
def test_a_follower_has_every_event_once_and_in_order(service, followers, number):
    there_is = truth(service.data_dir, FOLLOWERS[number])

    assert followers.seen(number) == there_is
    assert there_is.count > EVENTS / 2


def test_not_all_are_shown_the_same(service):
    assert truth(service.data_dir, FOLLOWERS[0]) != truth(service.data_dir, FOLLOWERS[-1])


def test_the_command_line_has_the_same_events(service, followers):
    code, text = said("events", data_dir=service.data_dir)
    *lines, reached = text.splitlines()
    read = [line.split() for line in lines]
    told = followers.file(0).read_text().splitlines()

    assert code == 0
    assert [f"{words[0]} {words[3]}/{words[4]}" for words in read] == told
    assert f"--after {read[-1][0]}" in reached

    asked = ("--after", read[10][0], "--limit", "3", "--type", "kz.rfo.request.")
    code, text = said("events", *asked, "-o", "json", data_dir=service.data_dir)
    requests = [words[0] for words in read[11:] if words[2].startswith("kz.rfo.request.")]
    positions = [line.split('"position":"')[1].split('"')[0] for line in text.splitlines()[:-1]]
    assert (code, positions) == (0, requests[:3])
