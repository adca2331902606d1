"""What a listener heard, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.paging import Order, Page, page_of
from plugins.catalog.models import Play, Song
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SONG_COLUMNS, SongRow, song_columns, song_row
from plugins.catalog.services.visibility import visible_songs

LATEST = Order("latest", Play.started_at, Play.id, descending=True)


@dataclass(frozen=True)
class PastPlay:
    """One listening of a song that can still be heard."""

    song: SongRow
    started_at: datetime
    heard_ms: int
    completed: bool
    source: str


def recently_played(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[PastPlay]:
    """A page of somebody's own plays."""
    heard = visible_songs(person).join(Play, Play.song_id == Song.id).where(Play.listener_id == person.id)
    return page_of(heard, LATEST, past_play, shows=partial(play_columns, person=person), limit=limit, cursor=cursor)


def play_columns(plays: sa.Select[Any], person: Person) -> sa.Select[Any]:
    songs = song_columns(plays.join(Song, Song.id == Play.song_id), person)
    return songs.add_columns(Play.started_at, Play.heard_ms, Play.completed, Play.source)


def past_play(row: Any) -> PastPlay:
    """The record of a row that begins with `play_columns`."""
    return PastPlay(song_row(row), *row[SONG_COLUMNS : SONG_COLUMNS + 4])
