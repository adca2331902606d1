"""The best match of all kinds."""

from plugins.catalog.models.folding import fold
from plugins.catalog.services.rows import AlbumCard, ArtistCard, SongRow

Best = SongRow | AlbumCard | ArtistCard


def best_of(key: str, *groups: list[SongRow] | list[AlbumCard] | list[ArtistCard]) -> Best | None:
    """Of the first of each kind the one whose name matches best: whole, then its beginning; kinds as they are given."""
    firsts: list[Best] = [group[0] for group in groups if group]
    return min(firsts, key=lambda row: distance(name_of(row), key), default=None)


def name_of(row: Best) -> str:
    return fold(row.name if isinstance(row, ArtistCard) else row.title)


def distance(name: str, key: str) -> int:
    """0 for the whole name, 1 for its beginning, 2 where all words begin words of the name, 3 for the rest."""
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    words = name.split()
    return 2 if all(any(word.startswith(asked) for word in words) for asked in key.split()) else 3
