"""Years: those from which there is music, and how much."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Song
from plugins.catalog.services.kept import LISTS
from plugins.catalog.services.persons import Person, may_browse
from plugins.catalog.services.visibility import is_public


@dataclass(frozen=True)
class YearCard:
    """A year, with the songs and albums of it that everybody may find."""

    year: int
    songs_count: int
    albums_count: int


def list_years(person: Person | None) -> list[YearCard]:
    """The years from which there is music, the latest first."""
    if not may_browse(person):
        return []
    return LISTS.remember(list[YearCard], "years", counted_years)


def counted_years() -> list[YearCard]:
    """The years with what is counted by walking their index; kept as the genres are, and for the same reasons."""
    songs, albums = counts_by_year(Song), counts_by_year(Album)
    return [YearCard(year, songs.get(year, 0), albums.get(year, 0)) for year in sorted({*songs, *albums}, reverse=True)]


def counts_by_year(table: type[Song] | type[Album]) -> dict[int, int]:
    counts = sa.select(table.year.label("year"), sa.func.count().label("number"))
    query = counts.where(is_public(table), table.year.is_not(None)).group_by(table.year)
    return {found.year: found.number for found in session().execute(query)}
