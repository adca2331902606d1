"""Which rows match, and in what order: candidates from the index, ranked by what matched and how popular they are."""

from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Kind:
    """A kind of rows with its name's key and the parts of the index that hold its words."""

    name: str
    rows: Any
    key: Any
    fields: tuple[Field, ...]


SONGS = Kind("song", Song, Song.title_key, (Field.HEAD, Field.NAME, Field.ARTIST))
ALBUMS = Kind("album", Album, Album.title_key, (Field.HEAD, Field.NAME, Field.ARTIST))
ARTISTS = Kind("artist", Artist, Artist.name_key, (Field.HEAD, Field.NAME))


def back_end() -> Any:
    """The module that asks the index of this database."""
    return tsvector if db.engine.dialect.name == "postgresql" else fts5


def best_matches(kind: Kind, seen: sa.Select[Any], asked: Asked, limit: int) -> sa.Select[Any]:
    """The best of the `seen` rows in their order: by match, then by plays; likenesses only where little is found."""
    most = limit + SPARE
    named = seen.where(kind.key == asked.key).with_only_columns(kind.rows.id.label("id")).limit(MOST_NAMESAKES)
    exact = sa.union(ids(named), *(ids(part) for part in candidates(kind, seen, asked, most))).cte("exact")
    order = [match_rank(kind.key, asked), kind.rows.plays.desc(), kind.rows.id.desc()]
    if not any(term.near for term in asked.terms):
        return seen.where(kind.rows.id.in_(sa.select(exact.c.id))).order_by(*order).limit(limit)
    found = sa.select(sa.func.count()).select_from(exact).scalar_subquery()
    most_near = sa.case((found < TOO_FEW, most), else_=0)
    near = back_end().names(kind.name, kind.rows, seen, asked, kind.fields[-1], True, most_near)
    either = sa.union(sa.select(exact.c.id), ids(near)).subquery()
    order.insert(0, kind.rows.id.not_in(sa.select(exact.c.id)))
    return seen.where(kind.rows.id.in_(sa.select(either.c.id))).order_by(*order).limit(limit)


def candidates(kind: Kind, seen: sa.Select[Any], asked: Asked, most: int) -> list[sa.Select[tuple[int]]]:
    """What each part of the index has. An album's title leads to its songs only where the album may be seen too."""
    names = back_end().names
    found = [names(kind.name, kind.rows, seen, asked, field, False, most) for field in kind.fields]
    if kind is SONGS:
        of_albums = seen.join(Album, Album.id == Song.album_id).where(is_public(Album))
        found.append(names(kind.name, kind.rows, of_albums, asked, Field.ALBUM, False, most))
    return found


def ids(query: Any) -> sa.Select[tuple[int]]:
    """The ids of a query as a part of a union, which may carry no order and limit of its own."""
    return sa.select(query.subquery().c.id)


def match_rank(key: sa.SQLColumnExpression[str], asked: Asked) -> sa.ColumnElement[int]:
    """0 for the whole name, 1 for its beginning, 2 where each word begins one of the name's, 3 for the rest."""
    words = [begins_word(key, word) for word in asked.words]
    return sa.case((key == asked.key, 0), (begins(key, asked.key), 1), (sa.and_(sa.true(), *words), 2), else_=3)


def begins_word(key: sa.SQLColumnExpression[str], word: str) -> sa.ColumnElement[bool]:
    return sa.or_(begins(key, word), key.like(f"% {literal(word)}%", escape=ESCAPE))


def begins(key: sa.SQLColumnExpression[str], start: str) -> sa.ColumnElement[bool]:
    return key.like(f"{literal(start)}%", escape=ESCAPE)


def literal(key: str) -> str:
    """A key in which the wildcards of LIKE mean themselves."""
    return key.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
