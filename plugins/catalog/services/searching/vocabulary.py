"""The words that names are made of: how what was begun goes on, and what was misspelt was meant."""

from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models.search_index.cuts import SHORTEST, SHORTEST_CUT, cuts, typos_forgiven
from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.typos import typos_to_begin, typos_to_equal

WORDS = sa.table("catalog_search_word", sa.column("word"))
CUTS = sa.table("catalog_search_cut", sa.column("cut"), sa.column("word"))
LAST_LETTER = "\U0010ffff"
# Shorter beginnings are entries of the index itself.
SHORTEST_COMPLETED = 5
MOST_COMPLETIONS = 200
MOST_HOLDING = 20
MOST_MEETING = 500
MOST_NEAR = 12


def with_spellings(asked: Asked) -> Asked:
    """What is asked for, with the completions of its words and the words near them: one statement for all."""
    parts = [part for number, term in enumerate(asked.terms) for part in lookups(number, term)]
    if not parts:
        return asked
    found: dict[tuple[int, str], list[str]] = {}
    for number, how, word in session().execute(sa.union_all(*parts)):
        found.setdefault((number, how), []).append(word)
    return replace(asked, terms=tuple(spelled(term, number, found) for number, term in enumerate(asked.terms)))


def lookups(number: int, term: Term) -> Iterator[sa.Select[tuple[int, str, str]]]:
    """The parts of the statement that are about one term."""
    word = term.word
    if word is None or len(word) < SHORTEST:
        return
    begun = sa.and_(WORDS.c.word >= word, WORDS.c.word < word + LAST_LETTER)
    if len(word) >= SHORTEST_COMPLETED:
        yield part(number, "begun", WORDS, begun, MOST_COMPLETIONS + 1)
    if len(word) >= SHORTEST_CUT:
        yield part(number, "near", CUTS, CUTS.c.cut.in_(sorted(cuts(word))), MOST_MEETING)
    unknown = ~sa.exists(sa.select(WORDS.c.word).where(begun))
    holding = WORDS.c.word.contains(word, autoescape=True)
    yield part(number, "near", WORDS, holding, sa.case((unknown, MOST_HOLDING), else_=0))


def part(
    number: int, how: str, table: sa.TableClause, where: sa.ColumnElement[bool], most: int | sa.ColumnElement[int]
) -> sa.Select[tuple[int, str, str]]:
    words = sa.select(table.c.word).where(where).limit(most).subquery()
    return sa.select(sa.literal(number), sa.literal(how), words.c.word)


def spelled(term: Term, number: int, found: dict[tuple[int, str], list[str]]) -> Term:
    """A term with what was found for it; the word itself is neither its own completion's nor its own neighbour."""
    word = term.word
    if word is None:
        return term
    completions = tuple(found.get((number, "begun"), ()))
    listed = completions if 0 < len(completions) <= MOST_COMPLETIONS else None
    return replace(term, completions=listed, near=tuple(nearest(word, found.get((number, "near"), []))))


def nearest(word: str, candidates: list[str]) -> list[str]:
    """The candidates that `word` may have been meant for, the likeliest first."""
    ranked = []
    for candidate in set(candidates) - {word}:
        forgiven = typos_forgiven(candidate)
        begin = typos_to_begin(word, candidate)
        if 0 < begin <= forgiven:
            ranked.append((begin, typos_to_equal(word, candidate), candidate))
        elif word in candidate[1:]:
            ranked.append((forgiven + 1, len(candidate), candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:MOST_NEAR]]
