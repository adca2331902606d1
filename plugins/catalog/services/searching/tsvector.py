"""The index asked on PostgreSQL: a walk through the most popular rows, and where that finds too little, by the words.

The walk costs the same for every word and finds enough of each that is in one row of a hundred; rarer words are then
few enough to be gathered and ordered.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.fields import Field

Ids = sa.CompoundSelect[int]
WALK = 3000
ENOUGH = 20
GATHERED = 20_000
WEIGHTS = {Field.HEAD: "A", Field.NAME: "A", Field.ARTIST: "AB", Field.ALBUM: ""}


def names(
    kind: str, rows: Any, seen: sa.Select[Any], asked: Asked, field: Field, near: bool, most: Any
) -> Ids:
    """The ids of up to `most` of the `seen` rows whose words hold all terms, the most popular first."""
    return by_heat(kind, rows, seen, expression(asked, field, near), most)


def lyrics(rows: Any, seen: sa.Select[Any], words: list[str], most: Any) -> Ids:
    """The ids of up to `most` of the `seen` songs whose lyrics hold all words, the most popular first."""
    return by_heat("lyrics", rows, seen, " & ".join(quoted(word) for word in words), most)


def by_heat(name: str, rows: Any, seen: sa.Select[Any], match: str, most: Any) -> Ids:
    index = sa.table(f"catalog_search_{name}", *map(sa.column, ("id", "heat", "words")))
    query = sa.cast(sa.literal(match), TSQUERY)
    by_popularity = index.c.heat.desc(), index.c.id.desc()
    hottest = sa.select(index).order_by(*by_popularity).limit(WALK).subquery()
    walked = seen.join(hottest, rows.id == hottest.c.id).where(hottest.c.words.op("@@")(query))
    met = walked.with_only_columns(rows.id.label("id")).order_by(hottest.c.heat.desc()).limit(most).cte()
    found = sa.select(index.c.id, index.c.heat).where(index.c.words.op("@@")(query)).limit(GATHERED).subquery()
    others = seen.join(found, rows.id == found.c.id).with_only_columns(rows.id.label("id"))
    too_few = sa.select(sa.func.count()).select_from(met).scalar_subquery() < ENOUGH
    gathered = others.order_by(found.c.heat.desc()).limit(sa.case((too_few, most), else_=0)).subquery()
    return sa.union(sa.select(met.c.id), sa.select(gathered.c.id))


def expression(asked: Asked, field: Field, near: bool) -> str:
    weights = WEIGHTS[field]
    terms = [f"({spellings(term, near, weights)})" for term in asked.terms]
    if field is Field.HEAD:
        terms.append(f"({spellings(asked.terms[0], near, weights, '^')})")
    return " & ".join(terms)


def spellings(term: Term, near: bool, weights: str, mark: str = "") -> str:
    """One term in all its spellings."""
    *before, last = term.words[:1] if mark else term.words
    written = [" <-> ".join([*(f"{quoted(mark + word)}" for word in before), f"{quoted(mark + last)}:*{weights}"])]
    if near:
        written += [f"{quoted(mark + word)}:{weights}" if weights else quoted(mark + word) for word in term.near]
    return " | ".join(f"({one})" for one in written)


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
