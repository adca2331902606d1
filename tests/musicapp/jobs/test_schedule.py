"""Periods end when the clocks on the wall of the site say so, in every zone and over every change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from musicapp import Plugin
from musicapp.jobs.schedule import daily, every, exists, monthly
from musicapp.plugins.problems import ContractError

DAY = timedelta(days=1)
ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Europe/Chisinau",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Pyongyang",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Marquesas",
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Nuuk",
    "America/Scoresbysund",
    "Atlantic/Azores",
    "Antarctica/Troll",
]
START, END = datetime(2008, 1, 1, 12, tzinfo=UTC), datetime(2028, 1, 1, 12, tzinfo=UTC)


def moments(schedule: object, zone: str, after: str, until: str) -> list[tuple[str, str]]:
    """Periods and their moments in UTC, as text; the limits are moments in UTC."""
    limits = (datetime.fromisoformat(limit).replace(tzinfo=UTC) for limit in (after, until))
    dues = schedule.dues(*limits, ZoneInfo(zone))  # type: ignore[attr-defined]
    return [(due.period, f"{due.at:%Y-%m-%d %H:%M}") for due in dues]


def test_there_are_more_than_forty_zones_here() -> None:
    assert len(set(ZONES)) > 40


@pytest.mark.parametrize("year", [2011, 2026])
@pytest.mark.parametrize("name", ZONES)
def test_every_day_that_a_zone_has_is_due_once_at_its_first_moment(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    start, end = datetime(year, 1, 1, 12, tzinfo=UTC), datetime(year + 1, 2, 1, 12, tzinfo=UTC)
    dues = list(daily().dues(start, end, zone))
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    days = [first + n * DAY for n in range(1, (last - first).days + 1)]
    assert [due.period for due in dues] == [day.isoformat() for day in days if exists(day, zone)]
    for due in dues:
        just_before = (due.at - timedelta(seconds=1)).astimezone(zone)
        assert due.at.astimezone(zone).date().isoformat() == due.period
        assert just_before.date() < date.fromisoformat(due.period)


@pytest.mark.parametrize("name", ZONES)
def test_twenty_years_of_months_are_due_on_the_thirtieth_or_the_last_of_february(name: str) -> None:
    zone = ZoneInfo(name)
    dues = list(monthly(day=30).dues(START, END, zone))
    assert [due.period for due in dues] == [f"{y}-{m:02}" for y in range(2008, 2028) for m in range(1, 13)]
    odd = {due.at.astimezone(zone).day for due in dues if not due.period.endswith("-02")}
    assert odd <= {30, 31}
    assert {due.at.astimezone(zone).day for due in dues if due.period.endswith("-02")} == {28, 29}


@pytest.mark.parametrize("name", ZONES)
def test_looking_often_and_looking_once_find_the_same_periods(name: str) -> None:
    zone, step = ZoneInfo(name), timedelta(hours=7, minutes=13)
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    for schedule in (daily(at="00:30"), monthly(day=31, at="02:30")):
        looked, found = start, []
        while looked < end:
            found += schedule.dues(looked, min(looked + step, end), zone)
            looked += step
        assert found == list(schedule.dues(start, end, zone))


@pytest.mark.parametrize(
    ("zone", "after", "until", "expected"),
    [
        # Havana leaps from 00:00 to 01:00: there is no midnight, so 01:00 (05:00 UTC) is the first moment.
        ("America/Havana", "2026-03-07T12:00", "2026-03-09T12:00", ["2026-03-08 05:00", "2026-03-09 04:00"]),
        # Havana goes back from 01:00 to 00:00: the first of two midnights, 04:00 UTC, and only that.
        ("America/Havana", "2026-10-31T12:00", "2026-11-02T12:00", ["2026-11-01 04:00", "2026-11-02 05:00"]),
        ("Asia/Beirut", "2026-03-28T12:00", "2026-03-30T12:00", ["2026-03-28 22:00", "2026-03-29 21:00"]),
        ("Africa/Cairo", "2026-04-23T12:00", "2026-04-25T12:00", ["2026-04-23 22:00", "2026-04-24 21:00"]),
        ("Europe/Berlin", "2026-03-28T12:00", "2026-03-30T12:00", ["2026-03-28 23:00", "2026-03-29 22:00"]),
        ("Europe/Berlin", "2026-10-24T12:00", "2026-10-26T12:00", ["2026-10-24 22:00", "2026-10-25 23:00"]),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", "2011-12-28T12:00", "2011-12-31T09:00", ["2011-12-29 10:00", "2011-12-30 10:00"]),
    ],
)  # fmt: skip
def test_midnights_at_the_changes_of_the_clock(zone: str, after: str, until: str, expected: list[str]) -> None:
    assert [moment for _, moment in moments(daily(), zone, after, until)] == expected


def test_a_time_in_the_middle_of_the_gap_becomes_the_first_moment_after_it() -> None:
    assert moments(daily(at="02:30"), "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T12:00") == [
        ("2026-03-29", "2026-03-29 01:00")
    ]


def test_a_time_that_exists_twice_is_due_at_the_first() -> None:
    assert moments(daily(at="02:30"), "Europe/Berlin", "2026-10-24T12:00", "2026-10-26T00:00") == [
        ("2026-10-25", "2026-10-25 00:30")
    ]


def test_february_ends_on_its_last_day_in_leap_years_too() -> None:
    assert moments(monthly(day=30), "UTC", "2027-01-15", "2028-03-01")[1] == ("2027-02", "2027-02-28 00:00")
    assert moments(monthly(day=30), "UTC", "2028-02-01", "2028-03-01") == [("2028-02", "2028-02-29 00:00")]


def test_a_period_begins_where_the_one_before_ended() -> None:
    zone = ZoneInfo("Europe/Berlin")
    due = datetime(2027, 3, 29, 22, tzinfo=UTC)
    assert monthly(day=30).before(due, zone) == datetime(2027, 2, 27, 23, tzinfo=UTC)
    assert monthly(day=30).following(due, zone) == datetime(2027, 4, 29, 22, tzinfo=UTC)
    assert daily().following(due, zone) - due == DAY


def test_upkeep_is_due_once_however_long_one_slept() -> None:
    assert moments(every(minutes=5), "UTC", "2026-01-01T00:02", "2026-06-01T00:07") == [
        ("2026-06-01T00:05Z", "2026-06-01 00:05")
    ]
    assert moments(every(minutes=5), "UTC", "2026-01-01T00:05", "2026-01-01T00:09") == []
    at = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
    assert every(minutes=5).before(at, ZoneInfo("UTC")) == at - timedelta(minutes=5)
    assert every(minutes=5).following(at, ZoneInfo("UTC")) == at + timedelta(minutes=5)


@pytest.mark.parametrize("wrong", [0, 32, -1])
def test_days_that_no_month_has_are_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="1 to 31"):
        monthly(day=wrong)


def test_a_schedule_says_itself() -> None:
    assert str(monthly(day=30)) == "monthly on day 30 at 00:00"
    assert str(daily(at="06:05")) == "daily at 06:05"
    assert str(every(minutes=5)) == "every 5 minutes"
    assert (str(every(minutes=60)), str(every(minutes=360))) == ("every hour", "every 6 hours")
    assert daily(at="06:05").at == time(6, 5)


def test_a_plugin_that_says_its_schedule_in_words_is_told_how() -> None:
    with pytest.raises(ContractError, match=r"must be daily\(…\), monthly\(…\) or every\(…\), not 'daily'"):
        Plugin("wordy", __name__).job("wordy.work", schedule="daily")
