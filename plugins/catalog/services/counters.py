"""The counters of plays: of artists, albums and songs, and the sums of songs by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from musicapp.database import UNSYNCED, insert_for, session
from plugins.catalog.models import Album, Artist, Song, SongDay
from plugins.catalog.services.waiting_days import note_days


@dataclass(frozen=True)
class Known:
    """What there is to know of a song whose plays are reported."""

    artist_id: int
    album_id: int | None
    enough_ms: int


@dataclass(frozen=True)
class More:
    """What a song gained on one day: plays that count, and ms heard."""

    plays: int = 0
    heard_ms: int = 0


Place = TypeVar("Place")
Gains = Mapping[tuple[int, date], More]


def raise_counters(gains: Gains, songs: Mapping[int, Known]) -> None:
    """Carry what songs gained to artists, albums, songs and days, each kind by id, so that nobody waits in a circle."""
    note_days((songs[song_id].artist_id, day) for song_id, day in gains)
    by_artist: dict[int, int] = {}
    by_album: dict[int, int] = {}
    by_song: dict[int, int] = {}
    for (song_id, _), more in gains.items():
        known = songs[song_id]
        add(by_artist, known.artist_id, more.plays)
        add(by_song, song_id, more.plays)
        if known.album_id is not None:
            add(by_album, known.album_id, more.plays)
    for table, plays_by_id in ((Artist, by_artist), (Album, by_album), (Song, by_song)):
        raise_plays(table, plays_by_id)
    for (song_id, day), more in sorted(gains.items(), key=lambda gain: gain[0]):
        if more.plays or more.heard_ms:
            raise_day(song_id, day, more)


def add_more(sums: dict[Place, More], place: Place, more: More) -> None:
    """Add to the sum of a place: a song's day, or a listener's hour."""
    so_far = sums.get(place, More())
    sums[place] = More(so_far.plays + more.plays, so_far.heard_ms + more.heard_ms)


def add(plays_by_id: dict[int, int], row_id: int, plays: int) -> None:
    plays_by_id[row_id] = plays_by_id.get(row_id, 0) + plays


def raise_plays(table: Any, plays_by_id: Mapping[int, int]) -> None:
    for row_id, plays in sorted(plays_by_id.items()):
        if plays:
            raised = sa.update(table).where(table.id == row_id).values(plays=table.plays + plays)
            session().execute(raised.execution_options(**UNSYNCED))


def raise_day(song_id: int, day: date, more: More) -> None:
    row = insert_for(SongDay).values(song_id=song_id, day=day, plays=more.plays, heard_ms=more.heard_ms)
    total = {"plays": SongDay.plays + row.excluded.plays, "heard_ms": SongDay.heard_ms + row.excluded.heard_ms}
    session().execute(row.on_conflict_do_update(index_elements=["song_id", "day"], set_=total))
