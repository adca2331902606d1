"""Which rows match, and in what order: candidates from the index, ranked by what matched and how popular they are."""

from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from musicapp.database import db
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.searching import fts5, tsvector
from plugins.catalog.services.searching.asking import Asked
from plugins.catalog.services.searching.fields import Field
from plugins.catalog.services.visibility import is_public

ESCAPE = "\\"
# How many candidates each part of the index gives beside those that are shown, so that the best of them can be chosen.
SPARE = 40
MOST_NAMESAKES = 500
TOO_FEW = 3
KEY = sa.bindparam("key", type_=sa.String)
BEGINNING = sa.bindparam("beginning", type_=sa.String)
LIMIT = sa.bindparam("limit", type_=sa.Integer)
MOST = sa.bindparam("most", type_=sa.Integer)
MOST_NEAR = sa.bindparam("most_near", type_=sa.Integer)


class BackEnd(Protocol):
    """How a database is asked; the modules `fts5` and `tsvector` are that."""

    def hottest(
        self, name: str, rows: Any, seen: sa.Select[Any], match: sa.BindParameter[str], most: Any
    ) -> sa.Select[Any]: ...
    def listed(self, words: sa.BindParameter[str]) -> Any: ...
    def expression(self, asked: Asked, field: Field, near: bool = False) -> str: ...
    def words_expression(self, words: tuple[str, ...]) -> str: ...


@dataclass(frozen=True)
class Kind:
    """A kind of rows with its name's key, and the widest part of the index in which all may look."""

    name: str
    rows: Any
    key: Any
    widest: Field


SONGS = Kind("song", Song, Song.title_key, Field.ARTIST)
ALBUMS = Kind("album", Album, Album.title_key, Field.ARTIST)
ARTISTS = Kind("artist", Artist, Artist.name_key, Field.NAME)


def back_end() -> BackEnd:
    """What asks the index of this database."""
    return tsvector if db.engine.dialect.name == "postgresql" else fts5


def best_matches(kind: Kind, seen: sa.Select[Any]) -> sa.Select[Any]:
    """The best of the `seen` rows: by match, then by plays; likenesses only where little is found, and after it."""
    row_id = kind.rows.id
    in_name = candidates(kind, seen, Field.NAME).cte("in_name")
    parts = [seen.where(kind.key == KEY).with_only_columns(row_id.label("id")).limit(MOST_NAMESAKES)]
    parts += [candidates(kind, seen, field) for field in (Field.HEAD, kind.widest)]
    if kind is SONGS:
        # An album's title leads to its songs only where the album may be seen too.
        of_albums = seen.join(Album, Album.id == Song.album_id).where(is_public(Album))
        parts.append(candidates(kind, of_albums, Field.ALBUM))
    exact = sa.union(sa.select(in_name.c.id), *(ids(part) for part in parts)).cte("exact")
    found = sa.select(sa.func.count()).select_from(exact).scalar_subquery()
    most = sa.case((found < TOO_FEW, MOST_NEAR), else_=0)
    near = back_end().hottest(kind.name, kind.rows, seen, sa.bindparam("near", type_=sa.String), most)
    either = sa.union(sa.select(exact.c.id), ids(near)).subquery()
    rank = sa.case(
        (kind.key == KEY, 0),
        (kind.key.like(BEGINNING, escape=ESCAPE), 1),
        (row_id.in_(sa.select(in_name.c.id)), 2),
        (row_id.in_(sa.select(exact.c.id)), 3),
        else_=4,
    )
    best = seen.where(row_id.in_(sa.select(either.c.id)))
    return best.order_by(rank, kind.rows.plays.desc(), row_id.desc()).limit(LIMIT)


def candidates(kind: Kind, seen: sa.Select[Any], field: Field) -> sa.Select[Any]:
    match = sa.bindparam(field.name.lower(), type_=sa.String)
    return back_end().hottest(kind.name, kind.rows, seen, match, MOST)


def ids(query: sa.Select[Any]) -> sa.Select[Any]:
    """The ids of a query as a part of a union, which may carry no order and limit of its own."""
    return sa.select(query.subquery().c.id)


def values(asked: Asked, limit: int, widest: Field) -> dict[str, Any]:
    """The parameters of `best_matches` for what is asked."""
    expression = back_end().expression
    return {
        **{field.name.lower(): expression(asked, field) for field in Field},
        "near": expression(asked, widest, near=True),
        "key": asked.key,
        "beginning": f"{literal(asked.key)}%",
        "limit": limit,
        "most": limit + SPARE,
        "most_near": limit if any(term.near for term in asked.terms) else 0,
    }


def literal(key: str) -> str:
    """A key in which the wildcards of LIKE mean themselves."""
    return key.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
