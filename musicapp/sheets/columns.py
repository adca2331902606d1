"""The columns of a sheet and what stands in its cells."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Value = str | int | float | bool | date | datetime | None
"""What a cell may hold: text, a number, yes or no, a day, a moment (aware, UTC), or nothing."""


@dataclass(frozen=True)
class Column:
    """A column by the name in its head, with a sentence that says what stands in it."""

    name: str
    words: str
    holds: Literal["text", "whole number", "number", "yes or no", "day", "moment"] = "text"
