"""What a listener heard, the latest first: every play, or every song once."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.paging import Order, Page, page_of
from plugins.catalog.models import Artist, Play, Song, fold
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SONG_COLUMNS, SongRow, song_columns, song_row
from plugins.catalog.services.visibility import visible_songs

LATEST = Order("latest", Play.started_at, Play.id, descending=True)
MOST_WORDS = 6


@dataclass(frozen=True)
class PastPlay:
    """One listening of a song that can still be heard; `day` is that of the site's clock."""

    song: SongRow
    started_at: datetime
    heard_ms: int
    completed: bool
    source: str
    id: int
    day: date


def recently_played(
    person: Person, *, text: str = "", day: date | None = None, limit: int = 50, cursor: str | None = None
) -> Page[PastPlay]:
    """A page of somebody's own plays: of songs with these words in title or artist, perhaps of one day only."""
    heard = plays_of(person)
    if day is not None:
        heard = heard.where(Play.day == day)
    words = fold(text).split()[:MOST_WORDS]
    if words:
        heard = heard.join(Artist, Artist.id == Song.artist_id)
    for word in words:
        found = [name.contains(word, autoescape=True) for name in (Song.title_key, Artist.name_key)]
        heard = heard.where(sa.or_(*found))
    return page_of(heard, LATEST, past_play, shows=shown_to(person), limit=limit, cursor=cursor)


def recently_heard(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[PastPlay]:
    """A page of the songs that somebody heard, each with its latest play."""
    later = aliased(Play)
    again = sa.select(later.id).where(
        later.listener_id == person.id, later.song_id == Play.song_id, later.started_at > Play.started_at
    )
    latest = plays_of(person).where(~again.exists())
    return page_of(latest, LATEST, past_play, shows=shown_to(person), limit=limit, cursor=cursor)


def plays_of(person: Person) -> sa.Select[Any]:
    return visible_songs(person).join(Play, Play.song_id == Song.id).where(Play.listener_id == person.id)


def shown_to(person: Person) -> Any:
    return partial(play_columns, person=person)


def play_columns(plays: sa.Select[Any], person: Person) -> sa.Select[Any]:
    """The columns of PastPlay for the plays of a query."""
    songs = song_columns(plays.join(Song, Song.id == Play.song_id), person)
    return songs.add_columns(Play.started_at, Play.heard_ms, Play.completed, Play.source, Play.id, Play.day)


def past_play(row: Any) -> PastPlay:
    """The record of a row that begins with `play_columns`."""
    return PastPlay(song_row(row), *row[SONG_COLUMNS : SONG_COLUMNS + 6])
