"""Routes that are quick to declare, and whose numbers a table can hold."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import IntegerConverter, Map, Rule

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
    """`<int:song_id>`: a number that a row can have; a larger one leads nowhere, so the answer is 404."""

    largest = LARGEST_ID

    def __init__(
        self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None, signed: bool = False
    ) -> None:
        super().__init__(map, fixed_digits, min, self.largest if max is None else max, signed)


class LongRowNumber(RowNumber):
    """`<long:play_id>`: a row of a table that may grow beyond two billion rows."""

    largest = 2**63 - 1
