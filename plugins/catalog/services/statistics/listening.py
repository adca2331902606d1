"""The numbers of one listener over a period, beside those of the period before."""

from dataclasses import dataclass
from functools import reduce

from musicapp.clock import now
from plugins.catalog.services.counters import More
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import AlbumCard, ArtistCard, SongRow
from plugins.catalog.services.statistics.periods import Bucket, Period, PeriodName, bucketed, period_of
from plugins.catalog.services.statistics.sums import sums_of
from plugins.catalog.services.statistics.tops import GenreName, Ranked, heard_most


@dataclass(frozen=True)
class ListeningStatistics:
    """What somebody heard in a period: in all, by its days, weeks or months, by weekday and hour, and what most.

    `before` and `series_before` are of the period before it, None and empty for all time. `days` counts those with
    music. `ms_by_hour` has seven rows from Monday on, of 24 hours each.
    """

    period: Period
    total: More
    days: int
    series: list[Bucket]
    before: More | None
    series_before: list[Bucket]
    ms_by_hour: list[list[int]]
    songs: list[Ranked[SongRow]]
    artists: list[Ranked[ArtistCard]]
    albums: list[Ranked[AlbumCard]]
    genres: list[Ranked[GenreName]]


def listening_statistics(person: Person, name: PeriodName) -> ListeningStatistics:
    """The numbers of somebody's own listening over a period that ends today."""
    today = local_day(now())
    sums = sums_of(person.id, name, today)
    period = period_of(name, today, min(sums.days, default=today))
    series = bucketed(sums.days, period.first, period.last, period.step)
    series_before: list[Bucket] = []
    if period.before_first is not None and period.before_last is not None:
        series_before = bucketed(sums.days, period.before_first, period.before_last, period.step)
    tops = heard_most(person, period.first, period.last)
    return ListeningStatistics(
        period=period,
        total=summed(series),
        days=sum(period.first <= day <= period.last for day in sums.days),
        series=series,
        before=summed(series_before) if series_before else None,
        series_before=series_before,
        ms_by_hour=sums.ms_by_hour,
        songs=tops.songs,
        artists=tops.artists,
        albums=tops.albums,
        genres=tops.genres,
    )


def summed(series: list[Bucket]) -> More:
    return reduce(lambda so_far, one: More(so_far.plays + one.plays, so_far.heard_ms + one.heard_ms), series, More())
