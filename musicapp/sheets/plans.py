"""What a sheet that was brought in would change, row by row, before anything is written."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Change:
    """What one row would do.

    `row` is its number as the spreadsheet counts, heads included. `changed` has (column, old, new) as words;
    `problems` a sentence by column, "" for the row as a whole; a row with problems is not applied. `payload` is what
    applying it needs, as JSON.
    """

    row: int
    title: str
    does: Literal["nothing", "add", "change", "remove"]
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
