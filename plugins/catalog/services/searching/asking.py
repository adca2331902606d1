"""What somebody asks for: the words of a text, as the index knows them."""

from dataclasses import dataclass, field
from itertools import groupby

from plugins.catalog.models.folding import fold, has_no_spaces
from plugins.catalog.services.words import line_of

LONGEST = 100
MOST_TERMS = 8
LONGEST_ENTRY = 4


@dataclass(frozen=True)
class Term:
    """One word that is asked for, or a run of signs of a script without spaces.

    `completions` are the words of names that begin with it; none where they are not known or too many to be listed.
    `near` are words that it may have been meant for.
    """

    words: tuple[str, ...]
    completions: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The term where it is a single word; empty where it is not."""
        return self.words[0] if len(self.words) == 1 else ""

    @property
    def is_long(self) -> bool:
        """Whether what begins so is no entry of the index itself."""
        return len(self.word) > LONGEST_ENTRY


@dataclass(frozen=True)
class Asked:
    """A folded text and its terms, all of which must be found; a text without letters has none and finds nothing."""

    key: str
    terms: tuple[Term, ...] = field(default_factory=tuple)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms for word in term.words)


def asked_in(text: str) -> Asked:
    """What a text asks for; of a long one its beginning."""
    key = fold(line_of(text, LONGEST))
    terms: list[Term] = []
    for joined, run in groupby(key.split(), has_no_spaces):
        words = tuple(run)
        terms += [Term(words)] if joined else [Term((word,)) for word in words]
    return Asked(key, tuple(terms[:MOST_TERMS]))
