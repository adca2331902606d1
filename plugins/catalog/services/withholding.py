"""Which addresses of music and comments are not for somebody, for who shows what was written down about them once."""

import re
from collections.abc import Collection

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import is_found
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import Album, Artist, Comment, Song
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.comments.rows import is_readable
from plugins.catalog.services.persons import Person
from plugins.catalog.services.subjects import find_subject
from plugins.catalog.services.visibility import Condition, is_known_to

ADDRESS = re.compile(r"^(?:https?://[^/]+)?(?:/[^/?#]+)*?/(songs|albums|artists|comments)/([0-9]{1,10})(?=[/?#]|$)")


def withheld_music(person: Person | None, addresses: Collection[str]) -> set[str]:
    """Those of these addresses that lead to a song, an album, an artist or a comment not for somebody to know of."""
    meant: dict[str, tuple[str, int]] = {}
    for address in addresses:
        found = ADDRESS.match(address)
        if found is not None and int(found[2]) <= LARGEST_ID:
            meant[address] = (found[1], int(found[2]))
    known = {
        (kind, row_id)
        for kind in {kind for kind, _ in meant.values()}
        for row_id in known_ids(person, kind, {row_id for of, row_id in meant.values() if of == kind})
    }
    return {address for address, thing in meant.items() if thing not in known}


def known_ids(person: Person | None, kind: str, ids: Collection[int]) -> Collection[int]:
    """Those of these ids that somebody may know of."""
    if kind == "comments":
        return readable_ids(person, ids)
    tables: dict[str, tuple[sa.SQLColumnExpression[int], Condition]] = {
        "songs": (Song.id, is_known_to(person, Song)),
        "albums": (Album.id, is_known_to(person, Album)),
        "artists": (Artist.id, is_known_artist(person)),
    }
    column, known = tables[kind]
    return session().scalars(sa.select(column).where(column.in_(ids), known)).all()


def readable_ids(person: Person | None, ids: Collection[int]) -> Collection[int]:
    """Those of these comments that somebody may read, on music, or on something else, that they may know of."""
    song = sa.exists().where(Song.id == Comment.subject_id, is_known_to(person, Song)).correlate(Comment)
    album = sa.exists().where(Album.id == Comment.subject_id, is_known_to(person, Album)).correlate(Comment)
    there = sa.case((Comment.subject_kind == "song", song), (Comment.subject_kind == "album", album), else_=sa.true())
    columns = sa.select(Comment.id, Comment.subject_kind, Comment.subject_id)
    rows = session().execute(columns.where(Comment.id.in_(ids), is_readable(person), there)).all()
    others = {(row.subject_kind, row.subject_id) for row in rows if row.subject_kind not in ("song", "album")}
    gone = {other for other in others if not is_found(find_subject, person, *other)}
    return [row.id for row in rows if (row.subject_kind, row.subject_id) not in gone]
