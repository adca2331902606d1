"""Making mixes: those that a listener finds on the home page, and one by its address."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from musicapp.clock import now
from musicapp.errors import NotFound
from plugins.catalog.services.genres import list_genres
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.mixes.habits import Habits, habits_of
from plugins.catalog.services.mixes.kinds import (
    MIX_KINDS,
    NEW,
    POPULAR,
    UNHEARD,
    WIDE_KINDS,
    because_of,
    choices_of,
    title_of,
)
from plugins.catalog.services.nearness import Candidate, Seed, candidates_of, seed_of, spread
from plugins.catalog.services.persons import Person, may_browse
from plugins.catalog.services.rows import SongRow
from plugins.catalog.services.songs import song_rows

NOT_HERE = "There is no such mix, or nothing for it to be made of."
MIXES = 5
LONGEST = 25
LEAST = 5
OF_ONE_ARTIST = 3
MOST_SHARED = 0.6
SHUFFLED_PLACES = 12


@dataclass(frozen=True)
class Mix:
    """Songs for one listener, made of `kind` and its `seed_id` (0 where the kind says all); `because` is a sentence."""

    kind: str
    seed_id: int
    title: str
    because: str
    songs: list[SongRow]

    @property
    def pictured(self) -> list[SongRow]:
        """The first four songs with covers that differ."""
        by_cover = {song.cover_id: song for song in reversed(self.songs) if song.has_cover}
        return [song for song in self.songs if by_cover.get(song.cover_id) is song][:4]


def made_for(person: Person | None, limit: int = MIXES) -> list[Mix]:
    """The mixes for somebody, the most telling first: from what they heard in the last weeks, or from what all hear.

    A mix that would hold little, or mostly what another one holds, is left out: a small site has few of them or none.
    """
    if not may_browse(person):
        return []
    habits = habits_of(person)
    seeds = seeds_of(habits, limit) if habits.songs else seeds_for_newcomers(person)
    made, taken = [], set[int]()
    for seed, found in zip(seeds, found_for(person, seeds), strict=True):
        chosen = arranged(person, seed, found, habits)
        shared = sum(one.id in taken for one in chosen)
        if len(chosen) >= LEAST and shared <= MOST_SHARED * len(chosen):
            made.append((seed, chosen))
            taken.update(one.id for one in chosen)
    rows = song_rows(person, list(taken)) if taken else {}
    return [as_mix(seed, chosen, rows, habits) for seed, chosen in made[:limit]]


def mix_of(person: Person | None, kind: str, seed_id: int = 0) -> Mix:
    """One mix as it is for somebody today; raises NotFound where there is nothing to make it of."""
    if kind not in (WIDE_KINDS if seed_id == 0 else MIX_KINDS):
        raise NotFound(NOT_HERE)
    habits = habits_of(person)
    seed = WIDE_KINDS.get(kind) or habits.seed(kind, seed_id) or seed_of(person, kind, seed_id)
    found = found_for(person, [seed])[0] if may_browse(person) else []
    chosen = arranged(person, seed, found, habits)
    if not chosen:
        raise NotFound(NOT_HERE)
    return as_mix(seed, chosen, song_rows(person, [one.id for one in chosen]), habits)


def seeds_of(habits: Habits, limit: int) -> list[Seed]:
    """What somebody's mixes are made from: songs, an artist and genres of theirs, and what they do not know yet."""
    songs: dict[int | None, Seed] = {}
    for song in habits.songs:
        songs.setdefault(song.artist_id, song)
    first, *others = songs.values()
    artists = [artist for artist in habits.artists if artist.id != first.artist_id][:1]
    used = {first.artist_id, *(artist.id for artist in artists)}
    second = [song for song in others if song.artist_id not in used][:1]
    return [first, *artists, *habits.genres[:1], UNHEARD, *second, *habits.genres[1:limit]]


def seeds_for_newcomers(person: Person | None) -> list[Seed]:
    """What mixes are made from for who has heard nothing yet."""
    largest = [genre for genre in list_genres(person, sort="popular") if genre.songs_count >= LEAST][:3]
    genres = [Seed("genre", genre.id, genre.name, genre_id=genre.id, genre_name=genre.name) for genre in largest]
    return [POPULAR, NEW, *genres]


def found_for(person: Person | None, seeds: Sequence[Seed]) -> list[list[Candidate]]:
    """What each mix may hold, in one statement."""
    return candidates_of([(seed, choices_of(seed, person)) for seed in seeds])


def arranged(person: Person | None, seed: Seed, found: Sequence[Candidate], habits: Habits) -> list[Candidate]:
    """A mix of what was found, another one each day: close songs sooner, artists apart, what was heard lately last.

    It takes half of what there is at most, so that the mixes of a small site are not all the same.
    """
    chance = random.Random(f"{local_day(now())} {person.id if person else 0} {seed.kind} {seed.id}")
    places = {one.id: place + chance.uniform(0, SHUFFLED_PLACES) for place, one in enumerate(found)}
    by_chance = sorted(found, key=lambda one: places[one.id])
    fresh = [one for one in by_chance if one.id not in habits.lately]
    heard_lately = [one for one in by_chance if one.id in habits.lately]
    length = min(LONGEST, max(LEAST, len(found) // 2))
    return [*spread(fresh, OF_ONE_ARTIST), *heard_lately][:length]


def as_mix(seed: Seed, chosen: Sequence[Candidate], rows: dict[int, SongRow], habits: Habits) -> Mix:
    songs = [rows[one.id] for one in chosen if one.id in rows]
    is_habit = habits.seed(seed.kind, seed.id) is not None
    return Mix(seed.kind, seed.id, title_of(seed), because_of(seed, is_habit=is_habit), songs)
