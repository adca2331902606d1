"""Rows for every table of every plugin, made of the columns' types alone, with what is hard to carry in them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.database import db
from musicapp.migrating import schema_change

NUMBERS = (1, 2, 3)
FIRST_ID = 1000
HARD = "ä\t'\"\\.\\N\n\r\u200b\U0001f3b5 "
WHEN = datetime(2026, 1, 31, 23, 59, 59, 120, tzinfo=UTC)


def fill(engine: sa.Engine) -> None:
    """Put three rows into each table; those that point to their own table point ahead, and the last to itself."""
    with schema_change(engine) as connection:
        for table in db.metadata.sorted_tables:
            rows = [{column.name: value_of(column, number) for column in table.columns} for number in NUMBERS]
            connection.execute(sa.insert(table), rows)


def value_of(column: sa.Column[Any], number: int) -> Any:
    """What stands in a column of the row with this number; what one may leave out is left out in the last."""
    if column.foreign_keys:
        other = next(iter(column.foreign_keys)).column
        ahead = other.table is column.table and not column.primary_key
        return value_of(other, min(number + 1, NUMBERS[-1]) if ahead else number)
    if column.nullable and number == NUMBERS[-1]:
        return None
    text = f"{column.name} {number} {HARD}"
    match column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type:
        case sa.Boolean():
            return number % 2 == 0
        case sa.Integer():
            return FIRST_ID + number if column.primary_key else number
        case sa.Double() | sa.Float():
            return -number / 3
        case sa.DateTime():
            return WHEN + timedelta(days=number, microseconds=number)
        case sa.Date():
            return date(2024, 2, 28) + timedelta(days=number)
        case sa.JSON():
            return {"z": number, "a": [text, None, 1e-7, True]}
        case sa.LargeBinary():
            return bytes(range(256)) * number
        case sa.Text():
            return f"{text}{'long ' * 2000}"
        case sa.String():
            return text[: column.type.length]
        case kind:
            raise AssertionError(f"{column} is of a kind that no row here has: {kind!r}")
