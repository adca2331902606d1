"""The stored pictures behind addresses of covers, for mails, which carry them along."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import Album, Artist, Cover, Song
from plugins.catalog.services.covers import album_covers, artist_covers, song_covers
from plugins.catalog.services.persons import Person

ADDRESS = re.compile(r"^(?:/[^/?#]+)*?/(songs|albums|artists)/([0-9]{1,10})/cover/[0-9]+\.webp(?=[?#]|$)")
WEARERS: dict[str, tuple[sa.SQLColumnExpression[int], Callable[..., sa.Select[Any]]]] = {
    "songs": (Song.id, song_covers),
    "albums": (Album.id, album_covers),
    "artists": (Artist.id, artist_covers),
}


def pictures_at(person: Person | None, addresses: Collection[str]) -> dict[str, str]:
    """The keys of the smallest covers that these addresses show, as far as somebody may see them."""
    meant: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for address in addresses:
        found = ADDRESS.match(address)
        if found is not None and int(found[2]) <= LARGEST_ID:
            meant[found[1]][address] = int(found[2])
    keys: dict[str, str] = {}
    for kind, numbers in meant.items():
        wearer_id, covers = WEARERS[kind]
        worn = session().execute(covers(person, wearer_id, Cover.key_96).where(wearer_id.in_(numbers.values())))
        known: dict[int, str] = dict(worn.all())
        keys |= {address: known[number] for address, number in numbers.items() if number in known}
    return keys
