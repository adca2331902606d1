"""Where a listener can go on: what their player held, and albums that they began and did not finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Play, PlayerState, Song
from plugins.catalog.services.albums import IN_ORDER
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SongRow
from plugins.catalog.services.songs import song_rows
from plugins.catalog.services.visibility import visible_songs

BEGUN = 3
DAYS = 30
LATEST_PLAYS = 200
ALBUMS_LOOKED_AT = 8
SONGS_LOOKED_AT = 500
ALMOST_OVER_S = 5


@dataclass(frozen=True)
class Begun:
    """Something begun: the song to go on with, from `position_s`, at `place` (from 0) of `count` songs.

    `origin` is the address that the player knew it by, empty where it knew none; None for the album of the song.
    """

    song: SongRow
    place: int
    count: int
    position_s: float
    origin: str | None
    source: str

    @property
    def left_s(self) -> float:
        """What is left of the song."""
        return max(0.0, (self.song.duration_s or 0.0) - self.position_s)

    @property
    def percent(self) -> int:
        """How much of all was heard, each song counted alike."""
        share = self.position_s / self.song.duration_s if self.song.duration_s else 0.0
        return round(100 * (self.place + min(1.0, share)) / self.count)


@dataclass(frozen=True)
class Place:
    """A begun thing before its song was read."""

    song_id: int
    place: int
    count: int
    position_s: float
    origin: str | None = None
    source: str = "album"


def begun_by(person: Person, limit: int = BEGUN) -> list[Begun]:
    """What somebody can go on with: first what their player held, then albums, the one heard last first.

    Five statements, however long a queue or an album is.
    """
    stop = stop_of(person)
    places = [*([stop] if stop else []), *albums_begun(person)]
    rows = song_rows(person, [place.song_id for place in places]) if places else {}
    begun: dict[tuple[str | None, int], Begun] = {}
    for place in places:
        song = rows.get(place.song_id)
        if song and (place.origin is not None or song.album_id):
            same = ("album", song.album_id) if place.source == "album" and song.album_id else (place.origin, song.id)
            begun.setdefault(same, Begun(song, place.place, place.count, place.position_s, place.origin, place.source))
    return list(begun.values())[:limit]


def stop_of(person: Person) -> Place | None:
    """Where the player stands, among the songs of its queue that can still be heard; None when it is at its end."""
    columns = (PlayerState.song_ids, PlayerState.place, PlayerState.position_s, PlayerState.origin, PlayerState.source)
    state = session().execute(sa.select(*columns).where(PlayerState.user_id == person.id)).one_or_none()
    if state is None or not state.song_ids:
        return None
    query = visible_songs(person).where(Song.id.in_(state.song_ids)).with_only_columns(Song.id)
    heard = set(session().scalars(query))
    queue = [song_id for song_id in state.song_ids if song_id in heard]
    current = state.song_ids[state.place] if state.place < len(state.song_ids) else None
    if current not in heard:
        return None
    place = sum(song_id in heard for song_id in state.song_ids[: state.place])
    return Place(current, place, len(queue), state.position_s, state.origin, state.source)


def albums_begun(person: Person) -> list[Place]:
    """Albums that somebody played as such in the last weeks and left before their end."""
    since = now() - timedelta(days=DAYS)
    plays = visible_songs(person).join(Play, Play.song_id == Song.id)
    lately = plays.where(Play.listener_id == person.id, Play.started_at > since, Play.source == "album")
    columns = (Song.id, Song.album_id, Song.duration_s, Play.heard_ms, Play.completed)
    latest = lately.where(Song.album_id.is_not(None)).with_only_columns(*columns, maintain_column_froms=True)
    last: dict[int, Any] = {}
    for row in session().execute(latest.order_by(Play.started_at.desc(), Play.id.desc()).limit(LATEST_PLAYS)):
        last.setdefault(row.album_id, row)
    albums = list(last)[:ALBUMS_LOOKED_AT]
    orders = orders_of(person, albums) if albums else {}
    found = [next_of(orders.get(album_id, []), last[album_id]) for album_id in albums]
    return [place for place in found if place is not None]


def orders_of(person: Person, albums: Sequence[int]) -> dict[int, list[int]]:
    """The songs of some albums in their order."""
    columns: tuple[Any, ...] = (Song.id, Song.album_id)
    songs = visible_songs(person).where(Song.album_id.in_(albums)).with_only_columns(*columns)
    orders: dict[int, list[int]] = {}
    for row in session().execute(songs.order_by(*IN_ORDER).limit(SONGS_LOOKED_AT)):
        orders.setdefault(row.album_id, []).append(row.id)
    return orders


def next_of(order: Sequence[int], last: Any) -> Place | None:
    """Where an album goes on after the song that was heard last; None when that was its last one, or its only one."""
    song_id, _, duration_s, heard_ms, completed = last
    if song_id not in order or len(order) < 2:
        return None
    place, heard_s = order.index(song_id), heard_ms / 1000
    if not completed and heard_s < (duration_s or 0) - ALMOST_OVER_S:
        return Place(song_id, place, len(order), heard_s)
    return Place(order[place + 1], place + 1, len(order), 0.0) if place + 1 < len(order) else None
