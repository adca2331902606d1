"""The index asked on PostgreSQL: a walk through the most popular rows, and where that finds too little, by the words.

The walk costs the same for every word and finds enough of each that is in one row of a hundred; rarer words are then
few enough to be gathered and ordered.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.fields import Field

WALK = 3000
ENOUGH = 20
GATHERED = 20_000
WEIGHTS = {Field.HEAD: "A", Field.NAME: "A", Field.ARTIST: "AB", Field.ALBUM: ""}


def hottest(name: str, rows: Any, seen: sa.Select[Any], match: sa.BindParameter[str], most: Any) -> sa.Select[Any]:
    """The ids of up to `most` of the `seen` rows that `match` in one table of the index, the most popular ones."""
    index = sa.table(
        f"catalog_search_{name}", sa.column("id"), sa.column("heat", sa.Integer), sa.column("words", TSVECTOR)
    )
    query = sa.cast(match, TSQUERY)
    by_popularity = index.c.heat.desc(), index.c.id.desc()
    first = sa.select(index).order_by(*by_popularity).limit(WALK).subquery()
    walked = seen.join(first, rows.id == first.c.id).where(first.c.words.op("@@")(query))
    met = walked.with_only_columns(rows.id.label("id")).order_by(first.c.heat.desc()).limit(most).cte()
    holding = sa.select(index.c.id, index.c.heat).where(index.c.words.op("@@")(query)).limit(GATHERED).subquery()
    others = seen.join(holding, rows.id == holding.c.id).with_only_columns(rows.id.label("id"))
    too_few = sa.select(sa.func.count()).select_from(met).scalar_subquery() < ENOUGH
    gathered = others.order_by(holding.c.heat.desc()).limit(sa.case((too_few, most), else_=0)).subquery()
    return sa.select(sa.union(sa.select(met.c.id), sa.select(gathered.c.id)).subquery().c.id)


def listed(words: sa.BindParameter[str]) -> Any:
    """The words of a JSON list as a table with the column `value`."""
    return sa.func.json_array_elements_text(sa.cast(words, sa.JSON)).table_valued(sa.column("value", sa.String))


def expression(asked: Asked, field: Field, near: bool = False) -> str:
    """What rows must match that hold all terms in a field; `near` lets likenesses do."""
    weights = WEIGHTS[field]
    terms = [f"({spellings(term, near, weights)})" for term in asked.terms]
    if field is Field.HEAD:
        terms.append(f"({spellings(asked.terms[0], near, weights, '^')})")
    return " & ".join(terms)


def words_expression(words: tuple[str, ...]) -> str:
    """What lyrics must match that hold all words."""
    return " & ".join(quoted(word) for word in words)


def spellings(term: Term, near: bool, weights: str, mark: str = "") -> str:
    """One term in all its spellings."""
    *before, last = term.words[:1] if mark else term.words
    written = [" <-> ".join([*(f"{quoted(mark + word)}" for word in before), f"{quoted(mark + last)}:*{weights}"])]
    if near:
        written += [f"{quoted(mark + word)}:{weights}" if weights else quoted(mark + word) for word in term.near]
    return " | ".join(f"({one})" for one in written)


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
