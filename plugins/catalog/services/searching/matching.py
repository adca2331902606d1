"""Which rows match, and in what order: candidates from the index, ranked by what matched and how popular they are."""

import json
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
SPARE = 30
MOST_NAMESAKES = 500
TOO_FEW = 3
KEY = sa.bindparam("key", type_=sa.String)
BEGINNING = sa.bindparam("beginning", type_=sa.String)
LIMIT = sa.bindparam("limit", type_=sa.Integer)
MOST = sa.bindparam("most", type_=sa.Integer)
WORDS = sa.bindparam("words", type_=sa.String)
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
    """A kind of rows with its name's key, and the parts of the index that hold its words, the widest first."""

    name: str
    rows: Any
    key: Any
    fields: tuple[Field, ...]


SONGS = Kind("song", Song, Song.title_key, (Field.ALBUM, Field.ARTIST, Field.NAME, Field.HEAD))
ALBUMS = Kind("album", Album, Album.title_key, (Field.ARTIST, Field.NAME, Field.HEAD))
ARTISTS = Kind("artist", Artist, Artist.name_key, (Field.NAME, Field.HEAD))
# Where likenesses are looked for: an album's title, which not everybody may know, is none for its songs.
NEAR_IN = {"song": Field.ARTIST, "album": Field.ARTIST, "artist": Field.NAME}


def back_end() -> BackEnd:
    """What asks the index of this database."""
    return tsvector if db.engine.dialect.name == "postgresql" else fts5


def best_matches(kind: Kind, seen: sa.Select[Any]) -> sa.Select[Any]:
    """The best of the `seen` rows: by match, then by plays; likenesses only where little is found, and after it."""
    row_id = kind.rows.id
    exact = exact_matches(kind, seen).cte("exact")
    most = sa.case((number_of(exact) < TOO_FEW, MOST_NEAR), else_=0)
    near = back_end().hottest(kind.name, kind.rows, seen, sa.bindparam("near", type_=sa.String), most)
    either = sa.union(sa.select(exact.c.id), ids(near)).subquery()
    rank = sa.case(
        (kind.key == KEY, 0),
        (kind.key.like(BEGINNING, escape=ESCAPE), 1),
        (holds_all_words(kind), 2),
        (row_id.in_(sa.select(exact.c.id)), 3),
        else_=4,
    ).label("rank")
    by_plays = kind.rows.plays.desc(), row_id.desc()
    # Ranked by themselves, so that only the best are looked at whole.
    ranked = sa.select(row_id, rank).where(row_id.in_(sa.select(either.c.id))).order_by(rank, *by_plays).limit(LIMIT)
    best = ranked.subquery("best")
    return seen.join(best, row_id == best.c.id).order_by(best.c.rank, *by_plays)


def exact_matches(kind: Kind, seen: sa.Select[Any]) -> sa.CompoundSelect[Any]:
    """The ids of candidates: whose name is what is asked, and the most popular ones that hold all terms.

    What holds them in the name itself, or begins with them, is looked for only where all that hold them anywhere
    are more than can be taken.
    """
    widest, *narrower = kind.fields
    anywhere = candidates(kind, seen, widest, MOST).cte("anywhere")
    allowed = sa.select(anywhere.c.id) if kind is not SONGS else of_visible_albums(anywhere)
    some_left = sa.or_(number_of(anywhere) >= MOST, number_of(allowed.subquery()) < number_of(anywhere))
    most = sa.case((some_left, MOST), else_=0)
    parts = [ids(candidates(kind, seen, field, most)) for field in narrower]
    return sa.union(allowed, ids(namesakes(kind, seen)), *parts)


def namesakes(kind: Kind, seen: sa.Select[Any]) -> sa.Select[Any]:
    """The most popular of the rows whose name is what is asked."""
    named = (
        seen.where(kind.key == KEY).with_only_columns(kind.rows.id, kind.rows.plays).limit(MOST_NAMESAKES).subquery()
    )
    return sa.select(named.c.id).order_by(named.c.plays.desc()).limit(MOST)


def candidates(kind: Kind, seen: sa.Select[Any], field: Field, most: Any) -> sa.Select[Any]:
    match = sa.bindparam(field.name.lower(), type_=sa.String)
    return back_end().hottest(kind.name, kind.rows, seen, match, most)


def of_visible_albums(found: sa.CTE) -> sa.Select[Any]:
    """Those of the found songs to which the title of their album may lead: it may be seen too."""
    songs = sa.select(found.c.id).join(Song, Song.id == found.c.id).outerjoin(Album, Album.id == Song.album_id)
    return songs.where(sa.or_(Song.album_id.is_(None), is_public(Album)))


def holds_all_words(kind: Kind) -> sa.ColumnElement[bool]:
    """Whether each word that is asked for begins one of the name's."""
    word = back_end().listed(WORDS).c.value
    return ~sa.exists().where((" " + kind.key).not_like("% " + word + "%"))


def number_of(found: sa.CTE | sa.Subquery) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(found).scalar_subquery()


def ids(query: sa.Select[Any]) -> sa.Select[Any]:
    """The ids of a query as a part of a union, which may carry no order and limit of its own."""
    return sa.select(query.subquery().c.id)


def values(kind: Kind, asked: Asked, limit: int) -> dict[str, Any]:
    """The parameters of `best_matches` for what is asked."""
    expression = back_end().expression
    return {
        **{field.name.lower(): expression(asked, field) for field in kind.fields},
        "near": expression(asked, NEAR_IN[kind.name], near=True),
        "words": json.dumps(asked.words),
        "key": asked.key,
        "beginning": f"{literal(asked.key)}%",
        "limit": limit,
        "most": limit + SPARE,
        "most_near": limit if any(term.near for term in asked.terms) else 0,
    }


def literal(key: str) -> str:
    """A key in which the wildcards of LIKE mean themselves."""
    return key.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
