"""What a rule compares with: read from what was sent, within bounds, or refused in a sentence."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from musicapp.routing import LARGEST_ID
from plugins.catalog.models import fold
from plugins.catalog.services.choosing.fields import Kind, Operator
from plugins.catalog.services.choosing.rules import Value
from plugins.catalog.services.words import line_of

LONGEST_TEXT = 200
LARGEST_COUNT = 1_000_000_000
LONGEST_S = 24 * 60 * 60
MOST_DAYS = 36_500
YEARS = (1000, 2999)
STARS = (1, 5)
ISO_DATE = len("2026-01-31")


def read_value(operator: Operator, raw: object) -> Value:
    """The value of a rule; raises ValueError with a sentence for who wrote it."""
    if not operator.is_range:
        return READERS[operator.kind](raw)
    if not isinstance(raw, (list, tuple)) or len(raw) != 2:
        raise ValueError("Give two numbers, the smaller one first.")
    first, last = (read_range_end(operator, one) for one in raw)
    if first > last:
        raise ValueError("The first number must not be larger than the second.")
    return first, last


def read_range_end(operator: Operator, raw: object) -> int:
    end = READERS[operator.kind](raw)
    assert isinstance(end, int)
    return end


def read_number(least: int, most: int, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"Give a whole number from {least} to {most}.")
    if not least <= raw <= most:
        raise ValueError(f"This must be between {least} and {most}.")
    return raw


def read_average(raw: object) -> float:
    """Stars with one digit behind the point, so that they compare exactly."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise ValueError("Give a number from 1 to 5, such as 3.5.")
    if not STARS[0] <= raw <= STARS[1]:
        raise ValueError("This must be between 1 and 5.")
    return round(float(raw), 1)


def read_text(raw: object) -> str:
    text = line_of(raw, LONGEST_TEXT) if isinstance(raw, str) else ""
    if not fold(text):
        raise ValueError("Write what to look for.")
    return text


def read_name(sentence: str, raw: object) -> int | str:
    """An id, or a name in any case and with or without accents."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return read_number(1, LARGEST_ID, raw)
    if not isinstance(raw, str) or not fold(line_of(raw, LONGEST_TEXT)):
        raise ValueError(sentence)
    return line_of(raw, LONGEST_TEXT)


def read_date(raw: object) -> str:
    try:
        if not isinstance(raw, str) or len(raw) != ISO_DATE or not raw.isascii():
            raise ValueError
        day = date.fromisoformat(raw)
    except ValueError:
        raise ValueError("Give a date such as 2026-01-31.") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError(f"The year must be between {YEARS[0]} and {YEARS[1]}.")
    return raw


def read_yes(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("Choose yes or no.")
    return raw


def read_nothing(raw: object) -> None:
    if raw is not None:
        raise ValueError("This needs no value; leave it out.")


READERS: Mapping[Kind, Callable[[object], Value]] = {
    "genre": partial(read_name, "Choose a genre."),
    "artist": partial(read_name, "Name an artist."),
    "album": partial(read_name, "Name an album."),
    "text": read_text,
    "licence": read_text,
    "year": partial(read_number, *YEARS),
    "stars": partial(read_number, *STARS),
    "average": read_average,
    "count": partial(read_number, 0, LARGEST_COUNT),
    "seconds": partial(read_number, 1, LONGEST_S),
    "days": partial(read_number, 1, MOST_DAYS),
    "date": read_date,
    "yes": read_yes,
    "none": read_nothing,
}
