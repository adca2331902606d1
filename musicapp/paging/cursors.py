"""Cursors: a place in a list as one opaque word, which names the order that it belongs to."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any, NoReturn

import sqlalchemy as sa

from musicapp.errors import Invalid

LONGEST_CURSOR = 2000


def write_cursor(order: str, *parts: Any) -> str:
    """The cursor of a place: what the columns of an order hold there."""
    plain = [{"at": part.isoformat()} if isinstance(part, datetime) else part for part in parts]
    text = json.dumps([order, *plain], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: str, *kinds: sa.types.TypeEngine[Any], nullable: bool = False) -> list[Any]:
    """The parts of a cursor; raises Invalid when it is of another order, or made up so that it would upset the
    database. With `nullable` the first part may be null."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        name, *plain = json.loads(text)
        parts = [datetime.fromisoformat(part["at"]) if isinstance(part, dict) else part for part in plain]
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        refuse_cursor()
    is_null = nullable and parts[:1] == [None]
    fitting = all(map(fits, parts[is_null:], kinds[is_null:]))
    if name != order or len(parts) != len(kinds) or not fitting:
        refuse_cursor()
    return parts


def refuse_cursor() -> NoReturn:
    """Say that a cursor is of no use here."""
    wrong = "This cursor does not belong to this list. Begin again without one."
    raise Invalid(wrong, {"cursor": [wrong]})


def fits(part: object, kind: sa.types.TypeEngine[Any]) -> bool:
    """Whether this is what a column of this kind holds."""
    if isinstance(part, bool) or not isinstance(part, kind.python_type):
        return False
    if isinstance(part, datetime):
        return part.tzinfo is not None
    return not isinstance(part, int) or abs(part) < 2 ** (63 if isinstance(kind, sa.BigInteger) else 31)
