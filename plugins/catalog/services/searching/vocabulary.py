"""The words that names are made of: how what was begun goes on, and what was misspelt was meant."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from musicapp.prepared import prepared
from plugins.catalog.models.search_index.cuts import SHORTEST, SHORTEST_CUT, cuts, typos_forgiven
from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.matching import back_end
from plugins.catalog.services.searching.typos import typos_to_begin, typos_to_equal

WORDS = sa.table("catalog_search_word", sa.column("word", sa.String))
CUTS = sa.table("catalog_search_cut", sa.column("cut", sa.String), sa.column("word", sa.String))
LAST_LETTER: sa.ColumnElement[str] = sa.literal("\U0010ffff")
# Shorter beginnings are entries of the index itself.
SHORTEST_COMPLETED = 5
MOST_COMPLETIONS = 200
MOST_BEGUN, MOST_HOLDING, MOST_MEETING = 1000, 20, 1000
MOST_NEAR = 12
IS_NEAR = sa.literal_column("1", sa.Integer).label("is_near")
IS_BEGUN = sa.literal_column("0", sa.Integer).label("is_near")


def with_spellings(asked: Asked) -> Asked:
    """What is asked for, with the completions of its words and the words near them: one statement for all."""
    words = [term.word for term in asked.terms if term.word and len(term.word) >= SHORTEST]
    if not words:
        return asked
    begun = [word for word in words if len(word) >= SHORTEST_COMPLETED]
    cut = {one for word in words if len(word) >= SHORTEST_CUT for one in cuts(word)}
    lists = {"begun": json.dumps(begun), "cuts": json.dumps(sorted(cut)), "words": json.dumps(words)}
    found = prepared(("spellings",), spellings).rows(lists)
    completions = [word for is_near, word in found if not is_near]
    near = {word for is_near, word in found if is_near}
    return replace(asked, terms=tuple(spelled(term, completions, near) for term in asked.terms))


def spellings() -> sa.Select[Any]:
    """Words that begin with those that were begun, meet them in a cut, or hold such as begin no word."""
    begun, cut, words = (back_end().listed(sa.bindparam(name, type_=sa.String)) for name in ("begun", "cuts", "words"))
    beginning = sa.select(IS_BEGUN, WORDS.c.word)
    beginning = beginning.join_from(begun, WORDS, begins(WORDS, begun)).limit(MOST_BEGUN)
    meeting = sa.select(IS_NEAR, CUTS.c.word)
    meeting = meeting.join_from(cut, CUTS, CUTS.c.cut == cut.c.value).limit(MOST_MEETING)
    any_word = WORDS.alias()
    unknown = ~sa.exists(sa.select(any_word.c.word).where(begins(any_word, words)).correlate(words))
    holding = sa.select(IS_NEAR, WORDS.c.word)
    held = WORDS.c.word.like(sa.literal("%") + words.c.value + sa.literal("%"))
    holding = holding.join_from(words, WORDS, sa.and_(unknown, held)).limit(MOST_HOLDING)
    parts = [sa.select(part.subquery()) for part in (beginning, meeting, holding)]
    return sa.select(sa.union_all(*parts).subquery())


def begins(table: Any, words: Any) -> sa.ColumnElement[bool]:
    """Whether a word begins with one of a list."""
    return sa.and_(table.c.word >= words.c.value, table.c.word < words.c.value + LAST_LETTER)


def spelled(term: Term, completions: list[str], near: Iterable[str]) -> Term:
    """A term with what was found for it; where more words begin with it than may be listed, the index is left to."""
    word = term.word
    if word is None:
        return term
    own = tuple(one for one in completions if one.startswith(word)) if len(word) >= SHORTEST_COMPLETED else ()
    listed = own if len(own) <= MOST_COMPLETIONS else ()
    return replace(term, completions=listed, near=tuple(nearest(word, near)))


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that `word` may have been meant for, the likeliest first."""
    ranked = []
    for candidate in candidates:
        forgiven = typos_forgiven(candidate)
        begin = typos_to_begin(word, candidate) if len(word) >= SHORTEST_CUT else 0
        if 0 < begin <= forgiven:
            ranked.append((begin, typos_to_equal(word, candidate), candidate))
        elif word in candidate[1:]:
            ranked.append((forgiven + 1, len(candidate), candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:MOST_NEAR]]
