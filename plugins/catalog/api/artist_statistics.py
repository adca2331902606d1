"""Numbers of an artist: who hears me."""

from typing import Literal

from flask import Response
from pydantic import Field

from musicapp.api import Query, answer
from musicapp.clock import now
from musicapp.errors import NotFound
from musicapp.spans import span_to
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.api.bodies import Id
from plugins.catalog.api.shapes import Shape
from plugins.catalog.services.audience import FLOOR, ArtistStatistics, Marks, TopSong, artist_statistics
from plugins.catalog.services.history.hours import local_day


class ArtistSpanQuery(Query):
    """Of which artist, and over which time."""

    artist: Id | None = Field(None, description="One of those that you publish as; the first by name if you name none.")
    days: Literal["7", "28", "90", "365"] = Field("28", description="The days up to today, on the site's clock.")


@plugin.api.get("/stats/artist", permission="catalog.publish", query=ArtistSpanQuery)
def artist_numbers(query: ArtistSpanQuery) -> Response:
    """Who hears one of my artists: plays, listeners and marks over a span, beside the one before it."""
    person = person_who_asks()
    artist_id = query.artist or next((artist.id for artist in services.artists_of(person)), None)
    if artist_id is None:
        raise NotFound("You do not publish as an artist yet. Upload a song, and there is one.")
    span = span_to(local_day(now()), int(query.days))
    return answer(artist_numbers_shape(artist_statistics(person, artist_id, span)))


def artist_numbers_shape(found: ArtistStatistics) -> Shape:
    """The numbers; null where fewer than `floor` listeners would be told apart. `hours` begin on Monday."""
    return {
        "artist": {"id": found.artist_id, "name": found.name},
        "days": found.span.days,
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        "counted_until": found.counted_until.isoformat(),
        "floor": FLOOR,
        "plays": found.plays,
        "listeners": found.listeners,
        "new_listeners": found.new,
        "returning_listeners": found.returning,
        "nameless_listeners": found.nameless,
        **marks_shape(found.marks),
        "before": {"plays": found.plays_before, "listeners": found.listeners_before, **marks_shape(found.marks_before)},
        "plays_by_day": found.series,
        "plays_by_day_before": found.series_before,
        "songs": [song_shape(song) for song in found.songs],
        "sources": [{"source": source, "plays": plays} for source, plays in found.sources.items()],
        "plays_from_other_sources": found.other_plays,
        "plays_by_hour": found.hours,
        "releases": [{"title": release.title, "day": release.day.isoformat()} for release in found.releases],
    }


def song_shape(song: TopSong) -> Shape:
    return {
        "id": song.id,
        "title": song.title,
        "plays": song.plays,
        "plays_before": song.plays_before,
        "completed_percent": song.completed_percent,
    }


def marks_shape(marks: Marks) -> Shape:
    return {
        "saves": marks.saves,
        "ratings": {"count": marks.ratings, "average": marks.average_stars},
        "followers": marks.followers,
        "comments": marks.comments,
    }
