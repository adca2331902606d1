"""What people type into the controls of a rule, and how rules stand in them."""

import re

from plugins.catalog.services import Kind

Names = dict[tuple[str, int], str]
NUMBERS = ("year", "stars", "count", "days")
WHOLE = re.compile(r"[0-9]{1,12}")
DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{1,6}")
CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
YES = {"yes": True, "no": False}


def typed(kind: Kind, text: str) -> object:
    """What somebody typed, as rules hold it; what is nothing of the kind stays as it is, to be refused."""
    text = text.strip()
    if kind in NUMBERS or kind == "genre":
        return int(text) if WHOLE.fullmatch(text) else text
    if kind == "average":
        return float(text.replace(",", ".")) if WHOLE.fullmatch(text) or DECIMAL.fullmatch(text) else text
    if kind == "seconds":
        return seconds(text)
    return YES.get(text, text) if kind == "yes" else text


def seconds(text: str) -> int | str:
    """The seconds of “3:20”; a bare number is minutes."""
    if WHOLE.fullmatch(text):
        return int(text) * 60
    clock = CLOCK.fullmatch(text)
    return int(clock[1]) * 60 + int(clock[2]) if clock else text


def said(kind: Kind, value: object, names: Names) -> str:
    """A value of a rule as its control shows it; artists and albums by their names."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind == "seconds" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    if kind == "average" and isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int) and kind in ("artist", "album"):
        return names.get((kind, value), "")
    return str(value)
