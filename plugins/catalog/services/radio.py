"""Endless radio from a song, an album, an artist or a genre: what plays next, and next, and next."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from musicapp.database import session
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import Song
from plugins.catalog.services.nearness import Candidate, Seed, candidates_of, like_seed, seed_of
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SongRow
from plugins.catalog.services.songs import list_songs, song_rows
from plugins.catalog.services.visibility import visible_songs

REMEMBERED = 100
DRIFT = 3
APART = 3
OF_GENRE = 160
OF_ARTIST = 40
LEAST_WEIGHT = 0.05
LONGEST_ID = 10


@dataclass(frozen=True)
class Radio:
    """Some songs of a radio, and where it began."""

    seed: Seed
    songs: list[SongRow]


def radio(person: Person | None, kind: str, seed_id: int, *, already: Sequence[int] = (), limit: int = 10) -> Radio:
    """The next songs of the radio from a `song`, `album`, `artist` or `genre`; raises NotFound when there is no sound.

    `already` are the ids of what it played, the latest last. None of the last 100 comes again, and no two of the same
    artist stand close together, for as long as the site has other songs; then the ones heard longest ago come back.
    It stays near its beginning and follows what was heard last. From a song, the song itself comes first.
    """
    seed = seed_of(person, kind, seed_id)
    heard = heard_again(person, already[-REMEMBERED:])
    chosen = chosen_from(near(seed, heard), heard, limit)
    if kind == "song" and not already:
        chosen = [seed_id, *(song_id for song_id in chosen if song_id != seed_id)]
    if len(chosen) < limit:
        taken = {*chosen, *heard}
        by_chance = list_songs(person, sort="random", limit=limit + len(taken)).rows
        chosen += [song.id for song in by_chance if song.id not in taken][: limit - len(chosen)]
    if len(chosen) < limit:
        chosen += [song_id for song_id in heard if song_id not in chosen][: limit - len(chosen)]
    rows = song_rows(person, chosen[:limit])
    return Radio(seed, [rows[song_id] for song_id in chosen[:limit] if song_id in rows])


def ids_of(written: str) -> list[int]:
    """The ids of songs that stand in an address, such as 3,1,4; what is no number of a song is passed over."""
    numbers = [int(word) for word in written.split(",")[-REMEMBERED:] if word.isdecimal() and len(word) <= LONGEST_ID]
    return [number for number in numbers if 0 < number <= LARGEST_ID]


def heard_again(person: Person | None, already: Sequence[int]) -> dict[int, int]:
    """The songs that were heard and still can be, each with its artist, the latest last."""
    if not already:
        return {}
    query = visible_songs(person).where(Song.id.in_(already)).with_only_columns(Song.id, Song.artist_id)
    artists: dict[int, int] = {row.id: row.artist_id for row in session().execute(query)}
    latest_first = dict.fromkeys(song_id for song_id in reversed(already) if song_id in artists)
    return {song_id: artists[song_id] for song_id in reversed(latest_first)}


def near(seed: Seed, heard: dict[int, int]) -> list[Candidate]:
    """What may come next: near the beginning, and near what was heard last."""
    drifting = replace(seed, song_ids=(*seed.song_ids, *list(heard)[-DRIFT:]))
    return candidates_of([(drifting, like_seed(drifting, of_genre=OF_GENRE, of_artist=OF_ARTIST))])[0]


def chosen_from(found: Sequence[Candidate], heard: dict[int, int], limit: int) -> list[int]:
    """So many songs that were not heard, drawn by chance, closer ones sooner; artists come apart where they can."""
    drawn = sorted((one for one in found if one.id not in heard), key=luck, reverse=True)
    lately = list(heard.values())[-APART:]
    chosen: list[int] = []
    while drawn and len(chosen) < limit:
        following = next((one for one in drawn if one.artist_id not in lately), drawn[0])
        drawn.remove(following)
        chosen.append(following.id)
        lately = [*lately, following.artist_id][-APART:]
    return chosen


def luck(candidate: Candidate) -> float:
    """A number by which candidates are drawn: sorted by it, each comes first as often as its closeness weighs."""
    weight = max(candidate.closeness, LEAST_WEIGHT)
    return float(random.random() ** (1 / weight))
