"""Songs that may follow a song: those that its listeners hear too, then those like it by genre, artist and year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import NearSong, Song
from plugins.catalog.services.visibility import is_public, public_songs

NEAR = 60
OF_ONE_ARTIST = 2
SAME_GENRE, SAME_ARTIST, SAME_TIME = 0.5, 0.25, 0.25
YEARS = 20
NOT_NEAR: tuple[Any, ...] = (Song.id, sa.literal(0.0, sa.Float).label("near"))
Choice = sa.Select[Any]


@dataclass(frozen=True)
class Seed:
    """Where a list of songs begins: some songs, and what they have in common. `by` is the artist of a song or album."""

    kind: str
    id: int
    title: str
    by: str = ""
    song_ids: tuple[int, ...] = ()
    artist_id: int | None = None
    genre_id: int | None = None
    genre_name: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A song that everybody may hear; `closeness` is above 1 where it is heard with the seed, else it is like it."""

    id: int
    artist_id: int
    closeness: float
    plays: int


def candidates_of(seeds: Sequence[tuple[Seed, Sequence[Choice]]]) -> list[list[Candidate]]:
    """For each seed what its choices found, the closest first, but never a song as its own; all of it in one statement.

    A choice is a query of `id` and `near`, such as `near_songs` and those of `like_seed`.
    """
    chosen = sa.union_all(
        *(
            sa.select(sa.literal(number).label("number"), rows.c.id, rows.c.near)
            for number, (_, choices) in enumerate(seeds)
            for rows in (choice.subquery() for choice in choices)
        )
    ).subquery()
    columns = (chosen.c.number, chosen.c.near, Song.id, Song.artist_id, Song.genre_id, Song.year, Song.plays)
    found: list[dict[int, Candidate]] = [{} for _ in seeds]
    for row in session().execute(sa.select(*columns).join(Song, Song.id == chosen.c.id).where(is_public(Song))):
        seed, known = seeds[row.number][0], found[row.number]
        candidate = Candidate(row.id, row.artist_id, closeness(seed, row), row.plays)
        before = known.get(row.id)
        is_seed = seed.kind == "song" and row.id == seed.id
        if not is_seed and (before is None or before.closeness < candidate.closeness):
            known[row.id] = candidate
    return [sorted(known.values(), key=lambda one: (-one.closeness, -one.plays, one.id)) for known in found]


def closeness(seed: Seed, row: Any) -> float:
    """How close a song is to a seed: by common listeners where there are any, else by what it is."""
    if row.near > 0:
        return 1.0 + float(row.near)
    close: float = SAME_GENRE * (seed.genre_id is not None and row.genre_id == seed.genre_id)
    close += SAME_ARTIST * (row.artist_id == seed.artist_id)
    if seed.year is not None and row.year is not None:
        close += SAME_TIME * (1 - min(abs(seed.year - row.year), YEARS) / YEARS)
    return close


def near_songs(song_ids: Sequence[int], limit: int = NEAR) -> Choice:
    """What is heard together with some songs."""
    score = sa.func.sum(NearSong.score)
    columns: tuple[Any, ...] = (NearSong.other_id.label("id"), score.label("near"))
    query = sa.select(*columns).where(NearSong.song_id.in_(song_ids))
    return query.group_by(NearSong.other_id).order_by(score.desc(), NearSong.other_id).limit(limit)


def most_played(*conditions: sa.ColumnElement[bool], limit: int) -> Choice:
    """The most played songs that fit, of which nobody knows whether they are near."""
    songs = public_songs().where(*conditions).order_by(Song.plays.desc(), Song.id.desc()).limit(limit)
    return songs.with_only_columns(*NOT_NEAR)


def like_seed(seed: Seed, *, of_genre: int = 60, of_artist: int = 20) -> list[Choice]:
    """What is near a seed, and what is like it: at most so many songs of its genre and of its artist."""
    choices = [near_songs(seed.song_ids)]
    if seed.genre_id is not None:
        choices.append(most_played(Song.genre_id == seed.genre_id, limit=of_genre))
    if seed.artist_id is not None:
        choices.append(most_played(Song.artist_id == seed.artist_id, limit=of_artist))
    return choices


def spread(found: Sequence[Candidate], most: int = OF_ONE_ARTIST) -> list[Candidate]:
    """The same songs, those of an artist who has had `most` of them last."""
    of_artist: Counter[int] = Counter()
    first: list[Candidate] = []
    last: list[Candidate] = []
    for candidate in found:
        of_artist[candidate.artist_id] += 1
        (first if of_artist[candidate.artist_id] <= most else last).append(candidate)
    return [*first, *last]
