"""Numbers of listening: what I heard."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response
from pydantic import Field

from musicapp.api import Query, answer
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.api.marking import put_marks
from plugins.catalog.api.shapes import Shape, album_shape, artist_shape, song_shape
from plugins.catalog.services.statistics import Bucket, ListeningStatistics, Ranked
from plugins.catalog.services.statistics.periods import PeriodName
from plugins.catalog.services.statistics.tops import GenreName

T = TypeVar("T")


class PeriodQuery(Query):
    """Over which time."""

    period: PeriodName = Field("30d", description="The days or months up to today, on the site's clock.")


@plugin.api.get("/stats/me", permission="member", query=PeriodQuery)
def my_statistics(query: PeriodQuery) -> Response:
    """What the listener heard over a period, beside the one before: in all, over time, by weekday and hour, most."""
    shape = statistics_shape(services.listening_statistics(person_who_asks(), query.period))
    put_marks(*([ranked[kind] for ranked in shape[f"{kind}s"]] for kind in ("song", "album", "artist")))
    return answer(shape)


def statistics_shape(found: ListeningStatistics) -> Shape:
    """The numbers with their pictures' values; `ms_by_hour` is seven rows, Monday first, of 24 hours."""
    return {
        "period": found.period.name,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "step": found.period.step,
        "plays": found.total.plays,
        "heard_ms": found.total.heard_ms,
        "days": found.days,
        "before": found.before and vars(found.before),
        "series": [bucket_shape(bucket) for bucket in found.series],
        "series_before": [bucket_shape(bucket) for bucket in found.series_before],
        "ms_by_hour": found.ms_by_hour,
        "songs": ranked_shapes("song", found.songs, song_shape),
        "artists": ranked_shapes("artist", found.artists, artist_shape),
        "albums": ranked_shapes("album", found.albums, album_shape),
        "genres": ranked_shapes("genre", found.genres, genre_name_shape),
    }


def bucket_shape(bucket: Bucket) -> Shape:
    return {"from": bucket.first.isoformat(), "plays": bucket.plays, "heard_ms": bucket.heard_ms}


def genre_name_shape(genre: GenreName) -> Shape:
    return {"id": genre.id, "name": genre.name}


def ranked_shapes(name: str, ranked: list[Ranked[T]], shape: Callable[[T], Shape]) -> list[Shape]:
    return [{name: shape(one.of), "plays": one.plays, "heard_ms": one.heard_ms} for one in ranked]
