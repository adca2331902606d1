"""What each kind of column may hold on both databases, and the one form in which its values cross over.

That form is SQLite's: numbers, texts and bytes. PostgreSQL gives and takes it by its casts. A rule takes a value that
is not NULL as a database gave it, answers this form, and raises Unfit with what is wrong, to be said of a column.
"""

import json
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

Plain = int | float | str | bytes
Rule = Callable[[Any], Plain]


class Unfit(ValueError):
    """A value that the other database does not take, or not as the same."""


def truth(value: Any) -> int:
    if type(value) is not int or value not in (0, 1):
        raise Unfit("is neither true nor false")
    return value


def whole(bits: int) -> Rule:
    """The rule of whole numbers of so many bits."""
    bound = 1 << (bits - 1)

    def rule(value: Any) -> int:
        if type(value) is not int:
            raise Unfit("is no whole number")
        if not -bound <= value < bound:
            raise Unfit(f"is a number beyond {bound - 1}")
        return value

    return rule


def real(value: Any) -> float:
    if type(value) not in (int, float) or value != value:
        raise Unfit("is no number")
    return float(value) + 0.0  # there is one zero only


def decimal(precision: int | None, scale: int | None) -> Rule:
    """The rule of decimal numbers, of which no digit may get lost."""

    def rule(value: Any) -> str:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise Unfit("is no number") from None
        if not number.is_finite():
            raise Unfit("is no number")
        if precision is None or scale is None:
            return format(number.normalize(), "f")
        if round(number, scale) != number or abs(number) >= 10 ** (precision - scale):
            raise Unfit(f"has more than {precision} digits, or than {scale} behind the point")
        return format(number.normalize(), "f")

    return rule


def text(longest: int | None) -> Rule:
    """The rule of texts of at most so many characters."""

    def rule(value: Any) -> str:
        if type(value) is not str:
            raise Unfit("is no text")
        if "\0" in value:
            raise Unfit("holds a NUL character")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise Unfit("holds bytes that are no UTF-8") from None
        if longest is not None and len(value) > longest:
            raise Unfit(f"has {len(value):,} characters, and may have {longest:,}")
        return value

    return rule


any_text = text(None)


def choice(names: Collection[str]) -> Rule:
    """The rule of a column that takes a few words."""

    def rule(value: Any) -> str:
        if value not in names:
            raise Unfit(f"is none of {', '.join(names)}")
        return str(value)

    return rule


def moment(value: Any) -> str:
    try:
        at = datetime.fromisoformat(value)
        at = at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError):
        raise Unfit("is no moment") from None
    return at.isoformat(" ", "microseconds")


def day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise Unfit("is no day") from None


def time_of_day(value: Any) -> str:
    try:
        return time.fromisoformat(value).isoformat("microseconds")
    except (TypeError, ValueError):
        raise Unfit("is no time of day") from None


def document(value: Any) -> Plain:
    """JSON, which both databases keep as it was written; a bare number by its value, for SQLite makes one of it."""
    written = any_text(repr(value) if type(value) in (int, float) else value)
    try:
        found = json.loads(str(written), parse_constant=no_json)
        return shortest(found) if type(found) in (int, float) else written
    except OverflowError:
        raise Unfit("is a number too large for SQLite") from None
    except (ValueError, RecursionError):
        raise Unfit("is no JSON") from None


def shortest(number: float) -> int | float:
    """A number as SQLite keeps it in such a column: whole where it can be; OverflowError where it is beyond all."""
    return int(number) if number == int(number) and abs(number) < 1 << 63 else float(number)


def no_json(word: str) -> None:
    raise ValueError(f"{word} is no JSON, though Python writes it")


def content(value: Any) -> bytes:
    if type(value) is not bytes:
        raise Unfit("is no row of bytes")
    return value


def identifier(value: Any) -> str:
    try:
        return UUID(value).hex
    except (AttributeError, TypeError, ValueError):
        raise Unfit("is no UUID") from None


def rule_of(kind: sa.types.TypeEngine[Any]) -> Rule | None:
    """The rule for a kind of column as PostgreSQL names it; None for one that has no like on SQLite."""
    match kind:
        case sa.Boolean():
            return truth
        case sa.SmallInteger():
            return whole(16)
        case sa.BigInteger():
            return whole(64)
        case sa.Integer():
            return whole(32)
        case sa.Double():
            return real
        case sa.Numeric():
            return decimal(kind.precision, kind.scale)
        case sa.Enum():
            return choice(kind.enums)
        case sa.String():
            return text(kind.length)
        case sa.DateTime():
            return moment
        case sa.Date():
            return day
        case sa.Time(timezone=False):
            return time_of_day
        case postgresql.JSONB():
            return None
        case sa.JSON():
            return document
        case sa.LargeBinary():
            return content
        case sa.Uuid():
            return identifier
        case _:
            return None


def cast_of(kind: sa.types.TypeEngine[Any]) -> str:
    """What PostgreSQL casts a column to, so that it gives the form that rules take."""
    if isinstance(kind, sa.Boolean):
        return "::int"
    return "" if isinstance(kind, sa.Integer | sa.Double | sa.LargeBinary) else "::text"
