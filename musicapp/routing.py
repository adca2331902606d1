"""Routes that are quick to declare, and whose numbers a table can hold."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import IntegerConverter, Rule

LARGEST_ID = 2**31 - 1


class LazyRule(Rule):
    """A rule as Werkzeug's, which compiles two functions for each: most of the time that an app takes to start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build


class RowNumber(IntegerConverter):
    """`<int:song_id>`: a number that a row can have. Any larger one becomes 0, which no row has.

    So the view answers as for any row that is not there, instead of the database failing over the number.
    """

    largest = LARGEST_ID

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value) if len(value) <= len(str(self.largest)) else 0
        return number if number <= self.largest else 0


class LongRowNumber(RowNumber):
    """`<long:play_id>`: a row of a table that may grow beyond two billion rows."""

    largest = 2**63 - 1
