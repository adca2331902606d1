"""What listeners heard lately, in as little memory as counting it needs."""

from array import array
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.prepared import prepared
from plugins.catalog.models import ListenerHour, Song
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.visibility import public_songs

LISTENERS = 2_000
SONGS_EACH = 200
DAYS = 365
SINCE = sa.bindparam("since", type_=sa.Date)


@dataclass
class Heard:
    """Who heard what: songs by listener, listeners by song, each listener a number from 0, the latest first."""

    songs_of: list["array[int]"] = field(default_factory=list)
    listeners_of: dict[int, "array[int]"] = field(default_factory=dict)
    artist_of: dict[int, int] = field(default_factory=dict)

    def add_listener(self, songs: list[tuple[int, int]]) -> None:
        """One more listener with the songs that they heard, each with its artist."""
        number = len(self.songs_of)
        self.songs_of.append(array("l", [song_id for song_id, _ in songs]))
        for song_id, artist_id in songs:
            self.listeners_of.setdefault(song_id, array("l")).append(number)
            self.artist_of[song_id] = artist_id


def what_was_heard() -> Heard:
    """What the latest listeners heard in the last year: at most `LISTENERS` of them, and `SONGS_EACH` songs of each."""
    since = local_day(now()) - timedelta(days=DAYS)
    latest = sa.select(ListenerHour.user_id).where(ListenerHour.day > since, ListenerHour.plays > 0)
    by_day = latest.group_by(ListenerHour.user_id).order_by(sa.func.max(ListenerHour.day).desc(), ListenerHour.user_id)
    heard = Heard()
    for user_id in session().scalars(by_day.limit(LISTENERS)).all():
        songs = prepared(("heard lately",), heard_lately).rows({"user_id": user_id, "since": since})
        heard.add_listener([(int(song_id), int(artist_id)) for song_id, artist_id in songs])
    return heard


def heard_lately() -> sa.Select[Any]:
    """The songs that one listener heard, the latest first, and of one day what they heard most."""
    by_listener = sa.and_(ListenerHour.user_id == sa.bindparam("user_id", type_=sa.Integer), ListenerHour.day > SINCE)
    songs = public_songs().join(ListenerHour, ListenerHour.song_id == Song.id).where(by_listener)
    plays = sa.func.sum(ListenerHour.plays)
    columns: tuple[Any, ...] = (Song.id, Song.artist_id)
    counted = songs.with_only_columns(*columns).group_by(*columns).having(plays > 0)
    return counted.order_by(sa.func.max(ListenerHour.day).desc(), plays.desc(), Song.id).limit(SONGS_EACH)
