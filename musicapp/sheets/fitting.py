"""What somebody wrote into a cell, as the kind of value that its column holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from math import nan

from musicapp.sheets.cells import unguarded
from musicapp.sheets.columns import Column, Value

LONGEST_SHOWN = 40
LARGEST = 1e15
YES = {"yes", "y", "true", "x", "1"}
NO = {"no", "n", "false", "0"}
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")


class Unfit(Exception):
    """What stands in a cell is not of the kind that belongs there; the message is a sentence for who wrote it."""


def fit(cell: Value, column: Column) -> Value:
    """A cell as a value of its column, None for an empty one. Raises Unfit."""
    if isinstance(cell, str):
        cell = unguarded(cell)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    return FITTING[column.holds](cell)


def text(cell: Value) -> str:
    """Words as they stand there; a number or a day that a spreadsheet made of them as it shows them."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if is_midnight(cell) else f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def whole_number(cell: Value) -> int:
    found = number(cell, "a whole number, such as 12")
    if not found.is_integer():
        raise Unfit(f"“{shown(cell)}” is not a whole number, such as 12.")
    return int(found)


def number(cell: Value, such_as: str = "a number, such as 1.5") -> float:
    said = text(cell)
    try:
        found = float(said) if said.isascii() and "_" not in said else nan
    except ValueError:
        found = nan
    if not abs(found) <= LARGEST:
        raise Unfit(f"“{shown(cell)}” is not {such_as}.")
    return found


def yes_or_no(cell: Value) -> bool:
    said = text(cell).strip().casefold()
    if said in YES or said in NO:
        return said in YES
    raise Unfit(f"“{shown(cell)}” is neither “yes” nor “no”.")


def day(cell: Value) -> date:
    """A day, however a spreadsheet keeps it; where day and month could be mistaken, nothing is guessed."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for way in DAY_FORMATS:
        try:
            return datetime.strptime(text(cell).strip(), way).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise Unfit(f"“{shown(cell)}” is not a day. Write it as 2026-03-14.")


def moment(cell: Value) -> datetime:
    """A moment; one that names no zone is of UTC."""
    if isinstance(cell, datetime):
        return cell
    try:
        found = datetime.fromisoformat(text(cell).strip())
    except ValueError:
        raise Unfit(f"“{shown(cell)}” is not a moment. Write it as 2026-03-14T18:30:00Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)


def shown(cell: Value) -> str:
    """A cell's words, cut to what a sentence can hold."""
    said = " ".join(text(cell).split())
    return said if len(said) <= LONGEST_SHOWN else f"{said[:LONGEST_SHOWN]}…"


FITTING: dict[str, Callable[[Value], Value]] = {
    "text": text,
    "whole number": whole_number,
    "number": number,
    "yes or no": yes_or_no,
    "day": day,
    "moment": moment,
}
