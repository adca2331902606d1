"""Claims about days of the site's clock: where each begins and ends, over a change of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.database import UtcDateTime, session
from musicapp.days import first_moment, within_days
from musicapp.pages import brief, detail, moment
from musicapp.site.stored_settings import store_settings
from musicapp.spans import Readers, for_one, span_to
from tests.conftest import on_one_database

LAST_OF_SUMMER = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("zone", "begins", "hours"),
    [
        ("UTC", datetime(2026, 10, 25, tzinfo=UTC), 24),
        ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
        ("Pacific/Auckland", datetime(2026, 10, 24, 11, tzinfo=UTC), 24),
    ],
)
def test_a_day_holds_its_moments_and_no_other(app: Flask, zone: str, begins: datetime, hours: int) -> None:
    an_instant, length = timedelta(microseconds=1), timedelta(hours=hours)
    with app.app_context():
        store_settings("site", {"time_zone": zone})
        assert first_moment(LAST_OF_SUMMER) == begins

        def holds(moment: datetime) -> bool:
            given = sa.literal(moment, UtcDateTime())
            return bool(session().scalar(sa.select(within_days(given, LAST_OF_SUMMER, LAST_OF_SUMMER))))

        assert [holds(begins - an_instant), holds(begins)] == [False, True]
        assert [holds(begins + length - an_instant), holds(begins + length)] == [True, False]


@on_one_database
def test_a_moment_names_the_zone_of_its_clock(app: Flask) -> None:
    at = datetime(2026, 7, 5, 9, 5, tzinfo=UTC)
    with app.app_context():
        for zone, said in {
            "UTC": "5 July 2026, 09:05 UTC",
            "Europe/Berlin": "5 July 2026, 11:05 CEST",
            "Asia/Kathmandu": "5 July 2026, 14:50 UTC+0545",
        }.items():
            store_settings("site", {"time_zone": zone})
            assert moment(at) == said
            assert detail(at.isoformat()) == said, "also where a log keeps it"
        assert brief(at) == "5 Jul, 14:50"
        for kept in ("9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00"):
            assert detail(kept) == kept, "which is no moment on this clock"
        assert [detail(kept) for kept in ("2026-07-05T09:05", "Tea", 7, ["a", 2], {"b": True})] == [
            "2026-07-05T09:05",
            "Tea",
            "7",
            "a, 2",
            '{"b": true}',
        ]


def test_what_many_parts_need_is_read_once_for_their_readers_or_for_all() -> None:
    asked: list[str] = []

    def read(what: str) -> str:
        asked.append(what)
        return what

    month, shared = span_to(LAST_OF_SUMMER, 30), {}
    for pairs in ([(1, 0)], [(2, 0)]):
        readers = Readers(pairs, month, of_all=shared)
        for _part in range(3):
            assert readers.once("theirs", lambda: read("theirs")) == "theirs"
            assert readers.once_for_all("all", lambda: read("all")) == "all"
    assert asked == ["theirs", "all", "theirs"]
    assert for_one(lambda of: {of.pairs[0]: [of.span.days]})(7, 3, month) == [30]
    assert for_one(lambda _of: {})(7, 3, month) == []
