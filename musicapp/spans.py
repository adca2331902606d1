"""Spans of days on the site's clock, each with the one before it, for whatever counts and compares, and for whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; `before_first` to `before_last` are those they are compared with."""

    first: date
    last: date
    before_first: date
    before_last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def span_to(last: date, days: int) -> Span:
    """So many days up to `last`, beside as many before them."""
    first = last - timedelta(days=days - 1)
    return Span(first, last, first - timedelta(days=days), first - timedelta(days=1))


@dataclass(frozen=True)
class Readers:
    """Whom parts of a document are for, many at once: pairs (person_id, subject_id), and the days they speak of.

    What several parts need is read `once` for these readers, and `once_for_all` where it is the same for everybody.
    """

    pairs: Sequence[tuple[int, int]]
    span: Span
    of_these: dict[str, Any] = field(default_factory=dict)
    of_all: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """What `read` answers; asked under the same name again, what it answered before."""
        return kept(self.of_these, name, read)

    def once_for_all(self, name: str, read: Callable[[], T]) -> T:
        """The same for what does not depend on the readers, only on the days."""
        return kept(self.of_all, name, read)


def kept(answers: dict[str, Any], name: str, read: Callable[[], T]) -> T:
    if name not in answers:
        answers[name] = read()
    answer: T = answers[name]
    return answer


def for_one(for_many: Callable[[Readers], Mapping[tuple[int, int], Sequence[T]]]) -> Callable[..., Sequence[T]]:
    """What answers `(person_id, subject_id, span)`, made of what answers for many readers at once."""

    def answer(person_id: int, subject_id: int, span: Span) -> Sequence[T]:
        return for_many(Readers([(person_id, subject_id)], span)).get((person_id, subject_id), [])

    return answer
