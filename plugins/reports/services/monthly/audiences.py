"""Audiences of the monthly report, and who belongs to each: what plugins contribute to `reports.audience`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from musicapp.errors import NotFound
from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.slots import contributions
from musicapp.spans import Span
from plugins.reports.services.points import Audience

AT_ONCE = 100
Pair = tuple[int, int]


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a report; `title` names what it is about, "" where that is the person."""

    person_id: int
    subject_id: int
    title: str

    @property
    def pair(self) -> Pair:
        return self.person_id, self.subject_id


def audiences() -> list[Audience]:
    """Everybody whom reports are made for, by kinds."""
    return contributions("reports.audience")


def audience_named(name: str) -> Audience:
    """The audience of this name. Raises NotFound."""
    known = {audience.name: audience for audience in audiences()}
    if name not in known:
        raise NotFound(f"No reports are made for “{name}”.{did_you_mean(name, known)}")
    return known[name]


def recipients(audience: Audience, span: Span) -> Iterator[list[Recipient]]:
    """All who get a report of these days, a hundred at a time, in their order."""
    after = (0, -1)
    while some := some_after(audience, span, after, AT_ONCE):
        yield some
        after = some[-1].pair


def some_after(audience: Audience, span: Span, after: Pair, limit: int) -> list[Recipient]:
    """The next recipients behind a place in their order. Raises ValueError where an audience does not keep to it."""
    some = [Recipient(*one) for one in audience.call(span, after, limit)]
    pairs = [after, *(one.pair for one in some)]
    if any(one >= following for one, following in pairwise(pairs)):
        raise ValueError(f"The audience “{audience.name}” does not go on in the order of person and subject.")
    return some


def recipients_who_are(audience: Audience, span: Span, person_id: int) -> list[Recipient]:
    """What one person gets of an audience: nothing, one report, or one for each thing that is theirs."""
    found: list[Recipient] = []
    after = (person_id, -1)
    while some := some_after(audience, span, after, AT_ONCE):
        theirs = [one for one in some if one.person_id == person_id]
        found += theirs
        if len(theirs) < len(some):
            break
        after = some[-1].pair
    return found


def belongs(audience: Audience, span: Span, pair: Pair) -> bool:
    """Whether somebody would get this report now."""
    person_id, subject_id = pair
    return any(one.pair == pair for one in some_after(audience, span, (person_id, subject_id - 1), 1))
