"""The words that names are made of: how what was begun goes on, and what was misspelt was meant."""

import json
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from musicapp.prepared import prepared
from plugins.catalog.models.search_index.cuts import SHORTEST, SHORTEST_CUT, cuts
from plugins.catalog.services.searching.asking import Asked, Term
from plugins.catalog.services.searching.matching import back_end
from plugins.catalog.services.searching.typos import likeliest

WORDS = sa.table("catalog_search_word", sa.column("word", sa.String))
CUTS = sa.table("catalog_search_cut", sa.column("cut", sa.String), sa.column("word", sa.String))
LAST_LETTER: sa.ColumnElement[str] = sa.literal("\U0010ffff")
MOST_COMPLETIONS = 100
MOST_HOLDING, MOST_MEETING = 20, 1000
# Of more words than these, only those that stand in no name are taken for typos.
FEW_TERMS = 3
# How a word was found: it begins so, it is met in the cut of the second column, or it holds an unknown word.
BEGUN, MET, HOLDING = "begun", "met", "holding"


def with_spellings(asked: Asked) -> Asked:
    """What is asked for, with the completions of its words and the words near them: one statement for all."""
    terms = [term for term in asked.terms if len(term.word) >= SHORTEST]
    if not terms:
        return asked
    found = look_up(terms, asked.terms[-1])
    words = {word for how, _, word in found if how == BEGUN}
    holding = [word for how, _, word in found if how == HOLDING]
    met: dict[str, list[str]] = {}
    for how, cut, word in found:
        if how == MET:
            met.setdefault(cut, []).append(word)
    spelled = []
    for term in asked.terms:
        is_last = term is asked.terms[-1]
        near: tuple[str, ...] = ()
        if len(term.word) >= SHORTEST and (len(asked.terms) <= FEW_TERMS or term.word not in words):
            candidates = {word for cut in cuts(term.word) for word in met.get(cut, ())}
            near = likeliest(term.word, candidates, holding, is_begun=is_last)
        spelled.append(replace(term, completions=completed(term, words, is_last), near=near))
    return replace(asked, terms=tuple(spelled))


def look_up(terms: list[Term], last: Term) -> list[Any]:
    cut = {one for term in terms if len(term.word) >= SHORTEST_CUT for one in cuts(term.word)}
    lists = {
        "begun": [last.word] if last.is_long else [],
        "written": [term.word for term in terms],
        "cuts": sorted(cut),
    }
    return prepared(("spellings",), spellings).rows({name: json.dumps(words) for name, words in lists.items()})


def completed(term: Term, words: set[str], is_last: bool) -> tuple[str, ...]:
    """The words that a long term may be: as it is written, or the last one also begun. None where they are too many
    to be listed or not known: then the index is left to look."""
    if not term.is_long:
        return ()
    if not is_last:
        return (term.word,) if term.word in words else ()
    own = tuple(sorted(word for word in words if word.startswith(term.word)))
    return own if len(own) <= MOST_COMPLETIONS else ()


def spellings() -> sa.Select[Any]:
    """Words that are written so, begin with the one that was begun, meet one in a cut, or hold an unknown one."""
    written, begun, cut = (
        back_end().listed(sa.bindparam(name, type_=sa.String)) for name in ("written", "begun", "cuts")
    )
    equal = found_so(BEGUN).join_from(written, WORDS, WORDS.c.word == written.c.value)
    beginning = found_so(BEGUN).join_from(begun, WORDS, begins(begun)).limit(MOST_COMPLETIONS + 1)
    meeting = sa.select(sa.literal(MET).label("how"), CUTS.c.cut.label("by"), CUTS.c.word)
    meeting = meeting.join_from(cut, CUTS, CUTS.c.cut == cut.c.value).limit(MOST_MEETING)
    known = sa.exists(sa.select(WORDS.c.word).where(begins(written)).correlate(written))
    unknown = sa.select(("%" + written.c.value + "%").label("pattern")).where(~known).cte()
    holding = found_so(HOLDING).join_from(unknown, WORDS, WORDS.c.word.like(unknown.c.pattern))
    # Every word must be looked through for this, so the limit keeps it from being begun for nothing.
    holding = holding.limit(sa.case((sa.exists(sa.select(unknown.c.pattern)), MOST_HOLDING), else_=0))
    parts = [sa.select(part.subquery()) for part in (equal, beginning, meeting, holding)]
    return sa.select(sa.union_all(*parts).subquery())


def found_so(how: str) -> sa.Select[Any]:
    return sa.select(sa.literal(how).label("how"), sa.literal("").label("by"), WORDS.c.word)


def begins(words: Any) -> sa.ColumnElement[bool]:
    """Whether a word begins with one of a list."""
    return sa.and_(WORDS.c.word >= words.c.value, WORDS.c.word < words.c.value + LAST_LETTER)
