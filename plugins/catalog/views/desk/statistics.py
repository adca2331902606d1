"""Who listens to an artist, as a page of the desk: numbers, plays by day, songs, ways in, hours."""

from collections.abc import Sequence
from datetime import date

from flask import request

from musicapp.charts import NARROW, WIDE, Chart, Frame, draw_lines
from musicapp.clock import now
from musicapp.spans import span_to
from plugins.catalog import plugin, services
from plugins.catalog.moments import ago
from plugins.catalog.services.audience import FLOOR, SPANS, WAYS, ArtistStatistics, Release, artist_statistics
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import desk_page
from plugins.catalog.views.desk.home import id_asked
from plugins.catalog.views.statistics import NARROW_HEAT, WEEKDAYS, WIDE_HEAT, change, heat_map

USUAL = 28


@plugin.get("/studio/statistics", endpoint="artist_statistics", permission="catalog.publish")
def statistics() -> str:
    """Who hears an artist over a span, beside the one before it."""
    person, artists = person_here(), services.artists_of(person_here())
    artist_id = id_asked("artist") or next((artist.id for artist in artists), None)
    if artist_id is None:
        return desk_page("artist_statistics.html", found=None)
    days = request.args.get("days", type=int)
    found = artist_statistics(person, artist_id, span_to(local_day(now()), days if days in SPANS else USUAL))
    before = f"the {found.span.days} days before"
    return desk_page(
        "artist_statistics.html",
        found=found,
        artists=artists,
        spans=SPANS,
        floor=FLOOR,
        before=before,
        updated=ago(found.counted_until),
        changes=changes(found, before),
        names=[short(day) for day in found.days],
        charts=[chart(frame, found) for frame in (WIDE, NARROW)],
        sources=[(WAYS[source], plays) for source, plays in found.sources.items()],
        heat=heat(found),
        heat_columns=[("Hour", ""), *((name[:3], "r") for name in WEEKDAYS)],
        song_change=song_change,
    )


def changes(found: ArtistStatistics, before: str) -> dict[str, object]:
    """How the large numbers compare with the span before."""
    compared = {
        "plays": (found.plays, found.plays_before),
        "saves": (found.marks.saves, found.marks_before.saves),
    }
    if found.listeners is not None and found.listeners_before is not None:
        compared["listeners"] = (found.listeners, found.listeners_before)
    return {name: change(now_counted, then, before) for name, (now_counted, then) in compared.items()}


def song_change(plays: int, before: int) -> tuple[str, str]:
    """A song's plays beside those before, short enough for a table: (“+18 %”, "good")."""
    if not before:
        return "new", "muted"
    percent = round(100 * (plays - before) / before)
    return f"{percent:+,} %".replace("-", "−"), "good" if percent > 0 else "bad" if percent < 0 else "muted"


def chart(frame: Frame, found: ArtistStatistics) -> Chart:
    """Plays by day, with what came out named where it did, or the highest day where nothing came out."""
    names = [short(day) for day in found.days]
    before = found.series_before if found.plays_before else []
    release = loudest(found.releases, found)
    if release is None:
        return draw_lines(frame, found.series, before, names, f"{max(found.series):,} plays")
    words = f"{release.title} came out"
    return draw_lines(frame, found.series, before, names, words, (release.day - found.span.first).days)


def loudest(releases: Sequence[Release], found: ArtistStatistics) -> Release | None:
    """The release on whose day the artist was played most."""
    return max(releases, key=lambda one: found.plays_on(one.day), default=None)


def heat(found: ArtistStatistics) -> list[object]:
    """Plays by weekday and hour, drawn wide and narrow; nothing where too few listened in any hour."""
    if not any(plays for row in found.hours for plays in row):
        return []
    return [heat_map(frame, found.hours) for frame in (WIDE_HEAT, NARROW_HEAT)]


def short(day: date) -> str:
    return f"{day.day} {day:%b}"
