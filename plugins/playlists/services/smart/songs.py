"""The songs that the rules of a playlist choose now.

Ratings, plays and favourites in rules are its owner's, whoever reads, so that everybody meets the same list.
"""

from typing import Any

from musicapp.paging import Page
from plugins.catalog import services as catalog
from plugins.catalog.services import Person, SongRow

Written = dict[str, Any]


def kept_rules(raw: object) -> Written:
    """Rules as a playlist keeps them; raises Invalid with sentences by place, such as `rules.0.value`."""
    return catalog.read_rules(raw).as_dict()


def smart_songs(
    person: Person | None,
    playlist_id: int,
    owner_id: int,
    rules: Written,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[SongRow]:
    """A page of what a playlist's rules choose, for somebody who may see the playlist: songs that they may hear."""
    read = catalog.read_rules(rules)
    return catalog.songs_by_rules(person, read, owner_id=owner_id, seed=playlist_id, limit=limit, cursor=cursor)


def count_smart(person: Person | None, playlist_id: int, owner_id: int, rules: Written) -> tuple[int, float]:
    """How many songs a playlist's rules choose, and their seconds, in one statement or two."""
    return catalog.count_by_rules(person, catalog.read_rules(rules), owner_id=owner_id, seed=playlist_id)
