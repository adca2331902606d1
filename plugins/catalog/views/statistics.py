"""A listener's own numbers as pictures: how much they heard, when, and of what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, render_template, request

from musicapp.api import answer
from musicapp.charts import NARROW, WIDE, Chart, Frame, HeatMap, draw_bars, draw_heat, draw_lines
from musicapp.errors import NotFound
from musicapp.pages import long_duration
from plugins.catalog import plugin, services
from plugins.catalog.links import song_links
from plugins.catalog.services.statistics import PERIODS, Bucket, ListeningStatistics, More, heard_most
from plugins.catalog.views.asked import person_here

NAMES = {"7d": "7 days", "30d": "30 days", "12m": "12 months", "all": "All time"}
BEFORE = {"7d": "the 7 days before", "30d": "the 30 days before", "12m": "the same months a year before", "all": ""}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(f"{hour}:00" if hour % 6 == 0 else "" for hour in range(24))
WIDE_HEAT, NARROW_HEAT = Frame(960, 250), Frame(358, 190)
A_MINUTE_MS = 60_000
MOST_BARS = 14


@dataclass(frozen=True)
class Change:
    """How a number compares with the one before: “18 % more than the 7 days before”; `way` is up, down or ""."""

    words: str
    way: str


@plugin.get("/statistics", permission="member")
def statistics() -> str:
    """What the listener heard over a period, beside the one before it."""
    asked = request.args.get("period")
    name = next((period for period in PERIODS if period == asked), PERIODS[1])
    found = services.listening_statistics(person_here(), name)
    before = found.before or More()
    songs = [replace(ranked.of, plays=ranked.plays) for ranked in found.songs]
    names = [name_of(bucket.first, found) for bucket in found.series]
    return render_template(
        "catalog/statistics.html",
        found=found,
        periods=NAMES,
        before=BEFORE[name],
        heard_change=change(found.total.heard_ms, before.heard_ms, BEFORE[name]),
        plays_change=change(found.total.plays, before.plays, BEFORE[name]),
        names=names,
        charts=[chart(frame, found, names) for frame in (WIDE, NARROW)],
        heat=[heat_map(frame, found.ms_by_hour) for frame in (WIDE_HEAT, NARROW_HEAT)],
        fullest=fullest_hour(found.ms_by_hour),
        heat_columns=[("Hour", ""), *((name[:3], "r") for name in WEEKDAYS)],
        songs=songs,
        links=song_links(songs),
    )


@plugin.get("/statistics/queue", permission="member")
def heard_most_queue() -> Response:
    """What the listener heard most between two days, as the player takes it."""
    try:
        first, last = (date.fromisoformat(request.args.get(name, "")) for name in ("first", "last"))
    except ValueError:
        raise NotFound("Say from which day to which, such as ?first=2026-09-30&last=2026-10-29.") from None
    songs = [ranked.of for ranked in heard_most(person_here(), first, last).songs]
    return answer({"songs": song_links(songs)})


def change(now: int, before: int, words: str) -> Change:
    """A number beside that of the period before."""
    if not before:
        return Change(f"nothing in {words}" if words and now else "", "")
    percent = round(100 * (now - before) / before)
    if percent == 0:
        return Change(f"as in {words}", "")
    return Change(
        f"{abs(percent)} % {'more' if percent > 0 else 'less'} than in {words}", "up" if percent > 0 else "down"
    )


def chart(frame: Frame, found: ListeningStatistics, names: Sequence[str]) -> Chart:
    """The minutes of a period over its days, weeks or months: bars where they are few, else a line."""
    now = minutes_of(found.series)
    before = minutes_of(found.series_before)[: len(now)] if found.before and found.before.heard_ms else []
    draw = draw_bars if len(now) <= MOST_BARS else draw_lines
    return draw(frame, now, before, names, long_duration(max(now) * 60))


def minutes_of(series: Sequence[Bucket]) -> list[float]:
    return [bucket.heard_ms / A_MINUTE_MS for bucket in series]


def name_of(first: date, found: ListeningStatistics) -> str:
    """What a stretch of a period is called: 12 Nov, or November 2026 where it is a month."""
    if found.period.step != "month":
        return f"{first.day} {first:%b}"
    return f"{first:%b %Y}" if found.period.name == "all" else f"{first:%b}"


def heat_map(frame: Frame, ms_by_hour: Sequence[Sequence[int | None]]) -> HeatMap:
    return draw_heat(frame, ms_by_hour, [name[:3] for name in WEEKDAYS], HOURS)


def fullest_hour(ms_by_hour: Sequence[Sequence[int]]) -> str:
    """The hour of the week with most music, in words."""
    ms, weekday, hour = max(
        (ms, -weekday, -hour) for weekday, row in enumerate(ms_by_hour) for hour, ms in enumerate(row)
    )
    return f"Most on {WEEKDAYS[-weekday]}s between {-hour}:00 and {-hour + 1}:00." if ms else ""
