"""The sums of some listeners over a span, read for all of them at once and put together for each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.database import session
from musicapp.spans import Span
from plugins.catalog.models import ListenerHour, Song
from plugins.catalog.services.counters import More, add_more
from plugins.catalog.services.visibility import is_public

A_YEAR = timedelta(days=365)
NOTHING = More()


@dataclass
class Sums:
    """What one listener heard: by day, in the days before as well, and in the span by song, album and artist.

    Songs and albums are those that can still be found. `known` are artists heard in the year before the span.
    """

    days: dict[date, More] = field(default_factory=dict)
    days_before: dict[date, More] = field(default_factory=dict)
    songs: dict[int, More] = field(default_factory=dict)
    albums: dict[int, More] = field(default_factory=dict)
    artists: dict[int, More] = field(default_factory=dict)
    artist_of: dict[int, int] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)

    def top(self, sums: dict[int, More], limit: int) -> list[tuple[int, More]]:
        """What was played most, the most first."""
        played = [(of, more) for of, more in sums.items() if more.plays]
        return sorted(played, key=lambda one: (-one[1].plays, -one[1].heard_ms, one[0]))[:limit]

    def new_artists(self) -> dict[int, More]:
        """Those whom they had not heard in the year before."""
        return {artist_id: more for artist_id, more in self.artists.items() if artist_id not in self.known}


def sums_of(person_ids: Sequence[int], span: Span) -> dict[int, Sums]:
    """The sums of each of these listeners: three statements, however many they are."""
    found = {person_id: Sums() for person_id in person_ids}
    add_days(found, span)
    add_songs(found, span)
    add_known(found, span)
    return found


def add_days(found: dict[int, Sums], span: Span) -> None:
    plays, heard_ms = sa.func.sum(ListenerHour.plays), sa.func.sum(ListenerHour.heard_ms)
    heard = sa.select(ListenerHour.user_id, ListenerHour.day, plays, heard_ms).where(
        ListenerHour.user_id.in_(found), ListenerHour.day.between(span.before_first, span.last)
    )
    for person_id, day, plays_then, ms in session().execute(heard.group_by(ListenerHour.user_id, ListenerHour.day)):
        sums = found[person_id]
        (sums.days if day >= span.first else sums.days_before)[day] = More(int(plays_then), int(ms))


def add_songs(found: dict[int, Sums], span: Span) -> None:
    heard = (
        sa.select(
            ListenerHour.user_id,
            ListenerHour.song_id,
            sa.func.sum(ListenerHour.plays).label("plays"),
            sa.func.sum(ListenerHour.heard_ms).label("heard_ms"),
        )
        .where(ListenerHour.user_id.in_(found), ListenerHour.day.between(span.first, span.last))
        .group_by(ListenerHour.user_id, ListenerHour.song_id)
        .subquery()
    )
    songs = sa.select(heard, Song.artist_id, Song.album_id, is_public(Song)).join(Song, Song.id == heard.c.song_id)
    for person_id, song_id, plays, heard_ms, artist_id, album_id, can_be_found in session().execute(songs):
        sums, more = found[person_id], More(int(plays), int(heard_ms))
        add_more(sums.artists, artist_id, more)
        if can_be_found:
            sums.songs[song_id] = more
            sums.artist_of[song_id] = artist_id
            if album_id is not None:
                add_more(sums.albums, album_id, more)


def add_known(found: dict[int, Sums], span: Span) -> None:
    # A year back and no further: what a report costs must not grow with the years of a history.
    earlier = sa.select(ListenerHour.user_id, Song.artist_id).join(Song, Song.id == ListenerHour.song_id)
    in_year = ListenerHour.day.between(span.first - A_YEAR, span.first - timedelta(days=1))
    for person_id, artist_id in session().execute(earlier.where(ListenerHour.user_id.in_(found), in_year).distinct()):
        found[person_id].known.add(artist_id)
