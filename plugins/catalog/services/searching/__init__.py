"""Search: what somebody means by a few letters, however they write them, of all that they may see.

An index beside the tables follows them in the same transaction (`models/search_index`). It gives a bounded number of
candidates, the popular ones first; the rows themselves say who may see them and in what order they stand. Both
databases are asked through the same functions: `fts5` and `tsvector`.
"""

from dataclasses import dataclass, field

from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import AlbumCard, ArtistCard, SongRow
from plugins.catalog.services.searching import finding
from plugins.catalog.services.searching.asking import asked_in
from plugins.catalog.services.searching.best import best_of
from plugins.catalog.services.searching.finding import SungLine
from plugins.catalog.services.searching.vocabulary import with_spellings

__all__ = ["SEARCHED_KINDS", "FoundMusic", "SungLine", "search_music"]

SEARCHED_KINDS = frozenset({"song", "album", "artist", "lyrics"})


@dataclass(frozen=True, slots=True)
class FoundMusic:
    """What was found, each kind in its order, and the folded text by which it was."""

    key: str = ""
    songs: list[SongRow] = field(default_factory=list)
    albums: list[AlbumCard] = field(default_factory=list)
    artists: list[ArtistCard] = field(default_factory=list)
    lyrics: list[SungLine] = field(default_factory=list)

    @property
    def best(self) -> SongRow | AlbumCard | ArtistCard | None:
        """The best match of all kinds."""
        return best_of(self.key, self.artists, self.albums, self.songs)


def search_music(person: Person | None, text: str, limit: int, kinds: frozenset[str] = SEARCHED_KINDS) -> FoundMusic:
    """Up to `limit` of each kind that is asked for, the best matches first, in at most five statements."""
    asked = asked_in(text)
    if not asked.terms:
        return FoundMusic()
    asked = with_spellings(asked)
    songs = finding.songs(person, asked, limit) if "song" in kinds else []
    return FoundMusic(
        asked.key,
        songs,
        finding.albums(person, asked, limit) if "album" in kinds else [],
        finding.artists(person, asked, limit) if "artist" in kinds else [],
        finding.lyrics(person, asked, limit, {song.id for song in songs}) if "lyrics" in kinds else [],
    )
