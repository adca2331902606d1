"""What a listener heard in the last weeks, as far as mixes are made from it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Artist, Genre, ListenerHour, Song
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.nearness import Seed
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import visible_songs

WEEKS = 8
SONGS = 200
LATELY_DAYS = 4


@dataclass(frozen=True)
class Habits:
    """The songs that somebody heard, most played first, which of them lately, and the genres and artists of all."""

    songs: list[Seed] = field(default_factory=list)
    lately: frozenset[int] = frozenset()
    genres: list[Seed] = field(default_factory=list)
    artists: list[Seed] = field(default_factory=list)

    def seed(self, kind: str, seed_id: int) -> Seed | None:
        """What somebody heard of a song, an artist or a genre; None when they did not."""
        seeds = {"song": self.songs, "artist": self.artists, "genre": self.genres}.get(kind, [])
        return next((seed for seed in seeds if seed.id == seed_id), None)


def habits_of(person: Person | None) -> Habits:
    """What somebody heard in the last weeks; nothing for visitors, and for who kept none of it."""
    if person is None:
        return Habits()
    today = local_day(now())
    plays, last_on = sa.func.sum(ListenerHour.plays), sa.func.max(ListenerHour.day)
    heard = visible_songs(person).join(ListenerHour, ListenerHour.song_id == Song.id)
    mine = heard.where(ListenerHour.user_id == person.id, ListenerHour.day > today - timedelta(weeks=WEEKS))
    columns = (Song.id, Song.title, Song.artist_id, Artist.name, Song.genre_id, Song.year)
    named = mine.join(Artist, Artist.id == Song.artist_id).outerjoin(Genre, Genre.id == Song.genre_id)
    shown = named.with_only_columns(
        *columns,
        Genre.name.label("genre_name"),
        plays.label("plays"),
        last_on.label("last_on"),
        maintain_column_froms=True,
    )
    most = shown.group_by(*columns, Genre.name).having(plays > 0).order_by(plays.desc(), last_on.desc(), Song.id)
    return read(session().execute(most.limit(SONGS)).all(), today)


def read(rows: Any, today: date) -> Habits:
    """What the sums say: genres and artists by all their plays, the most played first."""
    by_genre: Counter[tuple[int, str]] = Counter()
    by_artist: Counter[int] = Counter()
    for row in rows:
        by_artist[row.artist_id] += row.plays
        if row.genre_id is not None:
            by_genre[(row.genre_id, row.genre_name)] += row.plays
    return Habits(
        [song_seed(row) for row in rows],
        frozenset(row.id for row in rows if row.last_on > today - timedelta(days=LATELY_DAYS)),
        [
            Seed("genre", genre_id, name, genre_id=genre_id, genre_name=name)
            for (genre_id, name), _ in by_genre.most_common()
        ],
        [artist_seed(artist_id, rows) for artist_id, _ in by_artist.most_common()],
    )


def song_seed(row: Any) -> Seed:
    genre = row.genre_name or ""
    return Seed("song", row.id, row.title, row.name, (row.id,), row.artist_id, row.genre_id, genre, row.year)


def artist_seed(artist_id: int, rows: Any) -> Seed:
    """An artist with those of their songs that were heard."""
    own = [row for row in rows if row.artist_id == artist_id]
    genre = own[0].genre_name or ""
    ids = tuple(row.id for row in own)
    return Seed("artist", artist_id, own[0].name, "", ids, artist_id, own[0].genre_id, genre)
