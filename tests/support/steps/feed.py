"""The feed, as those read it who follow it."""

from typing import Any

import pytest
from drivers import Refused
from phrases import EVENTS
from pytest_bdd import given, parsers, then, when
from steps.access import READERS
from steps.desk import Desk

FOLLOWERS = {
    **READERS,
    "программа республиканского фронт-офиса": "service@KZ",
    "программа фронт-офиса города Алматы": "service@KZ-75",
}
WHO = f"(?P<who>{'|'.join(FOLLOWERS)})"
PHRASES = {f"kz.rfo.{topic}.v1": phrase for topic, phrase in EVENTS.items()}
MOST = 1000


class Following:
    """What somebody has read of the feed in one go, and how far they have come."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.events: list[Any] = []
        self.reached = 0

    def read(self, who: str, limit: int = MOST, beginning: str | None = None) -> None:
        """Read on to the end; leave out the accounts of the people in the scenario."""
        self.events = []
        while True:
            before = self.reached
            answer = self._desk.answer = self._desk.driver.follow(
                FOLLOWERS[who], self.reached, limit, beginning
            )
            if isinstance(answer, Refused):
                return
            self.events += answer["events"]
            self.reached = answer["reached"]
            if self.reached == before:
                return


@pytest.fixture
def following(desk: Desk) -> Following:
    """The feed from its beginning."""
    return Following(desk)


@given(parsers.re(f"{WHO} прочитал ленту"))
@when(parsers.re(f"{WHO} читает ленту( дальше)?"))
def follows(following: Following, who: str) -> None:
    following.read(who)


@when("аудитор читает ленту по одному событию")
def follows_slowly(following: Following) -> None:
    following.read("аудитор", limit=1)


@when("аудитор читает в ленте только о запросах")
def follows_requests(following: Following) -> None:
    following.read("аудитор", beginning="kz.rfo.request.")


@when("аудитор читает ленту с места, которого в журнале ещё нет")
def follows_beyond(following: Following) -> None:
    following.read("аудитор")
    following.reached += 1
    following.read("аудитор")


@then("в ленте по порядку:")
def feed_tells(following: Following, datatable: list[list[str]]) -> None:
    told = [each for each in following.events if not each["type"].startswith("kz.rfo.staff.")]
    assert [PHRASES[each["type"]] for each in told] == [row[0] for row in datatable]


@then("в ленте ничего нового")
def feed_tells_nothing(following: Following) -> None:
    assert following.events == []


@then("в ленте нет ни имени, ни телефона контактного лица")
def feed_tells_of_nobody(following: Following) -> None:
    (told,) = [
        each["data"]["details"]["contact_persons"][0]["person"]
        for each in following.events
        if "Ясный день" in str(each)
    ]
    assert (told["name"], told["phone"]) == (None, None)
    assert "Пример Примеров" not in str(following.events)
    assert "77000000001" not in str(following.events)
