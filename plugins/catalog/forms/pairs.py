"""A field of as many lines as there are, each of two words: credits, links."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field

EMPTY_LINES = 2


class PairsField(Field):  # type: ignore[misc]
    """Lines of two words that a form sends as two lists, `<name>-<first>` and `<name>-<second>`; read as records."""

    def __init__(self, label: str, first: str, second: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.first, self.second = first, second

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the lines that were sent, or those that stand already."""
        self.process_errors: list[str] = []
        self.data: list[dict[str, str]] = list(data) if isinstance(data, Sequence) else []
        if formdata:
            firsts, seconds = (formdata.getlist(f"{self.name}-{word}") for word in (self.first, self.second))
            lines = zip(firsts, seconds, strict=False)
            self.data = [{self.first: first, self.second: second} for first, second in lines if first or second]

    def lines(self) -> list[Mapping[str, str]]:
        """The lines as a form shows them: those that are there, and empty ones to write in."""
        return [*self.data, *({self.first: "", self.second: ""} for _ in range(EMPTY_LINES))]
