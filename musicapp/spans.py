"""Spans of days on the site's clock, each with the one before it, for whatever counts and compares."""

from dataclasses import dataclass
from datetime import date, timedelta


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
