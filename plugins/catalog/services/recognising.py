"""Recognising songs by what a file from elsewhere says of them: title, artist, album, length."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import visible_songs

ASKED_AT_ONCE = 500
SAME_LENGTH_S = 4.0
# “Neap (feat. Ada Quist)”, “Neap [Remastered 2019]”, “Neap - Live” are looked for as “Neap” when nothing fits better.
BESIDE_THE_TITLE = re.compile(r"\s*[(\[].*?[)\]]|\s+-\s+.*$")


@dataclass(frozen=True)
class SaidSong:
    """What is said of a song; an empty word and None say nothing."""

    title: str
    artist: str = ""
    album: str = ""
    duration_s: float | None = None


@dataclass(frozen=True)
class Candidate:
    """A song that has a title that is looked for."""

    id: int
    title_key: str
    artist_key: str
    album_key: str
    duration_s: float | None
    plays: int


def recognise(person: Person | None, said: Sequence[SaidSong]) -> list[int | None]:
    """For each of these the id of the song that somebody may hear and that fits best, None where none does.

    A song fits by its title and, where one is said, its artist; album and length choose between several. Titles are
    compared without case, accents and signs; what stands in brackets is left out only when nothing fits with it.
    Two statements for 500 songs.
    """
    titles = [ways_to_look(one.title) for one in said]
    found: dict[str, list[Candidate]] = {}
    answers: list[int | None] = [None] * len(said)
    for way in (0, 1):
        keys = {ways[way] for ways, answer in zip(titles, answers, strict=True) if answer is None and len(ways) > way}
        found |= candidates(person, keys - found.keys())
        for place, (one, ways) in enumerate(zip(said, titles, strict=True)):
            if answers[place] is None and len(ways) > way:
                answers[place] = best_of(found[ways[way]], one)
    return answers


def ways_to_look(title: str) -> list[str]:
    """The keys by which a title is looked for, the exact one first."""
    bare = BESIDE_THE_TITLE.sub("", title)
    return [key for key in dict.fromkeys((fold(title), fold(bare))) if key]


def candidates(person: Person | None, keys: Iterable[str]) -> dict[str, list[Candidate]]:
    """The songs of each title, in few statements."""
    found: dict[str, list[Candidate]] = defaultdict(list, {key: [] for key in keys})
    for some in in_parts(sorted(found)):
        query = (
            visible_songs(person)
            .join(Artist, Artist.id == Song.artist_id)
            .outerjoin(Album, Album.id == Song.album_id)
            .where(Song.title_key.in_(some))
            .with_only_columns(
                Song.id,
                Song.title_key,
                Artist.name_key,
                sa.func.coalesce(Album.title_key, ""),
                Song.duration_s,
                Song.plays,
                maintain_column_froms=True,
            )
        )
        for row in session().execute(query):
            found[row[1]].append(Candidate(*row))
    return found


def in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(keys), ASKED_AT_ONCE):
        yield keys[first : first + ASKED_AT_ONCE]


def best_of(songs: Sequence[Candidate], said: SaidSong) -> int | None:
    """The song that fits best; None when none is by the artist who is said."""
    artist, album = fold(said.artist), fold(said.album)
    fitting = [song for song in songs if is_by(song.artist_key, artist)]
    if not fitting:
        return None

    def nearness(song: Candidate) -> tuple[bool, bool, bool, bool, int, int]:
        is_artist, leads = song.artist_key == artist, f"{artist} ".startswith(f"{song.artist_key} ")
        is_album = bool(album) and song.album_key == album
        return is_artist, leads, is_album, is_as_long(song.duration_s, said.duration_s), song.plays, -song.id

    return max(fitting, key=nearness).id


def is_as_long(duration_s: float | None, said_s: float | None) -> bool:
    """Whether both lengths are known and as good as the same."""
    return duration_s is not None and said_s is not None and abs(duration_s - said_s) <= SAME_LENGTH_S


def is_by(artist_key: str, said_key: str) -> bool:
    """Whether an artist is the one who is said, alone or among others: “Ada Quist” in “Nils Hollar and Ada Quist”."""
    if not said_key or artist_key == said_key:
        return True
    return f" {artist_key} " in f" {said_key} " or f" {said_key} " in f" {artist_key} "
