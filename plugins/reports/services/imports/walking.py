"""Going through the rows of a sheet: each in a unit of work of its own, so that a bad one costs no other."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from musicapp.database import session, writing
from musicapp.errors import Refused, is_away
from plugins.reports.models import BroughtRow

AT_ONCE = 100
WENT_WRONG = "Something went wrong on our side with this row; nothing of it was saved. It is in the site's log."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Walk:
    """What is done with each row of a sheet in the state `takes`, and the state that a row is in `after` it.

    What is `refused` becomes a problem of its row. `backwards` begins with the last row.
    """

    act: Callable[[BroughtRow], None]
    takes: str
    after: str
    refused: str
    backwards: bool = False


def walk_through(brought_id: int, walk: Walk, progress: Callable[[int, int], None]) -> None:
    """Go through what is left of a sheet's rows; `progress` gets how many of how many are through."""
    total = count(brought_id, walk.takes, walk.after, walk.refused)
    through = total - count(brought_id, walk.takes)
    while numbers := next_numbers(brought_id, walk):
        for number in numbers:
            progress(through, total)
            go_through(brought_id, number, walk)
            through += 1
    progress(through, total)


def count(brought_id: int, *states: str) -> int:
    """How many rows of a sheet are in one of these states."""
    chosen = sa.and_(BroughtRow.brought_id == brought_id, BroughtRow.state.in_(states))
    return session().scalar(sa.select(sa.func.count()).select_from(BroughtRow).where(chosen)) or 0


def next_numbers(brought_id: int, walk: Walk) -> list[int]:
    waiting = sa.select(BroughtRow.number).where(BroughtRow.brought_id == brought_id, BroughtRow.state == walk.takes)
    order = BroughtRow.number.desc() if walk.backwards else BroughtRow.number
    numbers = list(session().scalars(waiting.order_by(order).limit(AT_ONCE)))
    session().rollback()
    return numbers


def go_through(brought_id: int, number: int, walk: Walk) -> None:
    """Do one row once, together with the note that it is done; what is refused becomes a problem of this row.

    Raises OperationalError where the database could not work: the row stays as it is, for when the job is tried again.
    """
    try:
        with writing() as unit:
            row = unit.get(BroughtRow, (brought_id, number), with_for_update=True)
            if row is None or row.state != walk.takes:
                return
            walk.act(row)
            row.state = walk.after
    except Refused as refused:
        problems = {column: " ".join(sentences) for column, sentences in refused.errors.items()}
        note_refused(brought_id, number, walk, {"": refused.sentence, **problems})
    except Exception as error:
        if isinstance(error, OperationalError) and is_away(error):
            raise
        log.exception("Row %s of the sheet %s failed.", number, brought_id)
        note_refused(brought_id, number, walk, {"": WENT_WRONG})


def note_refused(brought_id: int, number: int, walk: Walk, problems: dict[str, str]) -> None:
    with writing() as unit:
        row = unit.get(BroughtRow, (brought_id, number), with_for_update=True)
        if row is not None and row.state == walk.takes:
            row.state, row.problems = walk.refused, problems
