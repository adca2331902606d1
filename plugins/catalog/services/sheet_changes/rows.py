"""Songs as the rows of a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.routing import LARGEST_ID
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from plugins.auth.services import person_with_id
from plugins.catalog.models import Album, Artist, Genre, Song
from plugins.catalog.services.moderating.holding import holds_songs_of
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.sheet_changes.columns import COLUMNS, credits_in_words
from plugins.catalog.services.visibility import is_theirs

ROWS_AT_ONCE = 500
# In the order of COLUMNS, and then what is needed to change a song.
SHOWN: tuple[Any, ...] = (
    Song.id,
    Song.title,
    Artist.name,
    Album.title,
    Song.disc_no,
    Song.track_no,
    Song.year,
    Genre.name,
    Song.explicit,
    Song.licence,
    Song.released_on,
    Song.credits,
    Song.description,
    Song.version,
    Song.artist_id,
)
NAMES = [column.name for column in COLUMNS]


@dataclass(frozen=True)
class SheetSong:
    """A song as its row says it, by the names of the columns; `is_held` says that it cannot leave its album."""

    id: int
    version: int
    artist_id: int
    values: dict[str, Value]
    is_held: bool = False


def sheet_rows(person_id: int, artist_id: int) -> Iterator[Sequence[Value]]:
    """The rows of all songs that somebody publishes, as that artist or (0) as any: album by album, then the singles."""
    own = chosen(is_theirs(person_with_id(person_id), Song.artist_id), artist_id)
    order = (Artist.name_key, Artist.id, Album.title_key.is_(None), Album.title_key, Album.id)
    placed = own.order_by(*order, Song.disc_no, Song.track_no, Song.id)
    for row in streamed(placed):
        yield list(sheet_song(row).values.values())


def count_sheet_rows(person_id: int, artist_id: int) -> int:
    """How many rows there are."""
    own = chosen(is_theirs(person_with_id(person_id), Song.artist_id), artist_id)
    return session().scalar(own.with_only_columns(sa.func.count(), maintain_column_froms=True)) or 0


def songs_to_compare(person: Person, artist_id: int, song_ids: Sequence[int]) -> dict[int, SheetSong]:
    """Those of these songs that somebody may change, as they are now."""
    theirs = sa.true() if manages(person) else is_theirs(person, Song.artist_id)
    known = sorted({song_id for song_id in song_ids if 0 < song_id <= LARGEST_ID})
    found: dict[int, SheetSong] = {}
    for start in range(0, len(known), ROWS_AT_ONCE):
        some = chosen(theirs, artist_id).where(Song.id.in_(known[start : start + ROWS_AT_ONCE]))
        with_album = some.add_columns(holds_songs_of(person).label("is_held"))
        found |= {row[0]: replace(sheet_song(row), is_held=row.is_held) for row in session().execute(with_album)}
    return found


def chosen(theirs: sa.ColumnElement[bool], artist_id: int) -> sa.Select[Any]:
    """The songs of a condition that are not deleted, with what their rows say."""
    songs = (
        sa.select(*SHOWN)
        .join(Artist, Artist.id == Song.artist_id)
        .outerjoin(Album, Album.id == Song.album_id)
        .outerjoin(Genre, Genre.id == Song.genre_id)
        .where(theirs, Song.deleted_at.is_(None))
    )
    return songs.where(Song.artist_id == artist_id) if artist_id else songs


def sheet_song(row: Any) -> SheetSong:
    values = dict(zip(NAMES, row[: len(NAMES)], strict=True))
    values["credits"] = credits_in_words(values["credits"])
    return SheetSong(row[0], row.version, row.artist_id, values)
