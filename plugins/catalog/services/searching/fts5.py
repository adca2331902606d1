"""The index asked on SQLite: expressions of FTS5, read by heat until enough is found."""

from typing import Any

import sqlalchemy as sa

from plugins.catalog.models.search_index.sqlite import ID_BITS
from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.fields import Field

COLUMNS = {Field.NAME: "name", Field.ARTIST: "name artist", Field.ALBUM: "name artist album"}


def names(
    kind: str, rows: Any, seen: sa.Select[Any], asked: Asked, field: Field, near: bool, most: Any
) -> sa.Select[tuple[int]]:
    """The ids of up to `most` of the `seen` rows whose words hold all terms, the most popular first."""
    return by_heat(kind, rows, seen, expression(asked, field, near), most)


def lyrics(rows: Any, seen: sa.Select[Any], words: list[str], most: Any) -> sa.Select[tuple[int]]:
    """The ids of up to `most` of the `seen` songs whose lyrics hold all words, the most popular first."""
    return by_heat("lyrics", rows, seen, " AND ".join(quoted(word) for word in words), most)


def by_heat(name: str, rows: Any, seen: sa.Select[Any], match: str, most: Any) -> sa.Select[tuple[int]]:
    table = f"catalog_search_{name}"
    index = sa.table(table, sa.column("rowid", sa.Integer))
    row_id = index.c.rowid.bitwise_and((1 << ID_BITS) - 1)
    matching = sa.literal_column(table).op("MATCH", is_comparison=True)(match)
    joined = seen.join(index, rows.id == row_id).where(matching)
    return joined.with_only_columns(rows.id.label("id")).order_by(index.c.rowid.desc()).limit(most)


def expression(asked: Asked, field: Field, near: bool) -> str:
    if field is Field.HEAD:
        head, *others = asked.terms
        rest = [f"(name : ({spellings(term, near)}))" for term in others]
        return " AND ".join([f"(head : ({spellings(head, near, '^')}))", *rest])
    return " AND ".join(f"({{{COLUMNS[field]}}} : ({spellings(term, near)}))" for term in asked.terms)


def spellings(term: Term, near: bool, mark: str = "") -> str:
    """One term in all its spellings; FTS5 must collect what begins with five letters or more, unless told the words."""
    words = term.words[:1] if mark else term.words
    written = [quoted(f"{mark}{' '.join(words)}") + "*"]
    if term.completions is not None:
        written = [quoted(f"{mark}{word}") for word in term.completions]
    if near:
        written += [quoted(f"{mark}{word}") for word in term.near]
    return " OR ".join(written)


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
