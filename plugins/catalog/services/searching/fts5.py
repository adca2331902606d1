"""The index asked on SQLite: expressions of FTS5, read by heat until enough is found."""

from typing import Any

import sqlalchemy as sa

from plugins.catalog.models.search_index.sqlite import ID_BITS
from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.fields import Field

COLUMNS = {Field.NAME: "name", Field.ARTIST: "name artist", Field.ALBUM: "name artist album"}


def hottest(name: str, rows: Any, seen: sa.Select[Any], match: sa.BindParameter[str], most: Any) -> sa.Select[Any]:
    """The ids of up to `most` of the `seen` rows that `match` in one table of the index, the most popular ones."""
    table = f"catalog_search_{name}"
    index = sa.table(table, sa.column("rowid", sa.Integer))
    row_id = index.c.rowid.bitwise_and(sa.literal_column(str((1 << ID_BITS) - 1)))
    matching = sa.literal_column(table).op("MATCH", is_comparison=True)(match)
    joined = seen.join(index, rows.id == row_id).where(matching)
    return joined.with_only_columns(rows.id.label("id")).order_by(index.c.rowid.desc()).limit(most)


def listed(words: sa.BindParameter[str]) -> Any:
    """The words of a JSON list as a table with the column `value`."""
    return sa.func.json_each(words).table_valued(sa.column("value", sa.String))


def expression(asked: Asked, field: Field, near: bool = False) -> str:
    """What rows must match that hold all terms in a field; `near` lets likenesses do."""
    if field is Field.HEAD:
        head, *others = asked.terms
        rest = [f"(name : ({spellings(term, near)}))" for term in others]
        return " AND ".join([f"(head : ({spellings(head, near, '^')}))", *rest])
    return " AND ".join(f"({{{COLUMNS[field]}}} : ({spellings(term, near)}))" for term in asked.terms)


def words_expression(words: tuple[str, ...]) -> str:
    """What lyrics must match that hold all words."""
    return " AND ".join(quoted(word) for word in words)


def spellings(term: Term, near: bool, mark: str = "") -> str:
    """One term in all its spellings; FTS5 must collect what begins with five letters or more, unless told the words."""
    words = term.words[:1] if mark else term.words
    written = [quoted(f"{mark}{' '.join(words)}") + "*"]
    if term.completions:
        written = [quoted(f"{mark}{word}") for word in term.completions]
    if near:
        written += [quoted(f"{mark}{word}") for word in term.near]
    return " OR ".join(written)


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
