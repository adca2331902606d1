"""Rows that are sent by jobs: each at most once in a turn, and again after growing pauses while that may help.

Whoever has a row tried anew raises its turn, and only the job of the newest turn may send it and note how that ended.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session
from musicapp.jobs.events import JobDied
from musicapp.jobs.models import Job, Tried
from musicapp.jobs.queue import enqueue, enqueue_many, release_keys

ROWS_AT_ONCE = 500

LATE = timedelta(minutes=10)
"""How far past its time a row is that was never tried, when people are offered to send it by hand."""


class Turn(NamedTuple):
    """One turn of a row, with as many tries as there are pauses."""

    row_id: int
    number: int

    @property
    def key(self) -> str:
        """The key of the one job that may try the row in this turn."""
        return f"{self.row_id}.{self.number}"


@dataclass(frozen=True)
class Tries:
    """How the rows of one table are tried: by jobs of a kind, to which the id of the row is given under a name.

    `pauses_min` is how many minutes a row rests after each try that failed; after the last of them it is given up.
    """

    table: type[Tried]
    kind: str
    id_name: str
    pauses_min: Sequence[int]

    def enqueue(self, turn: Turn, at: datetime | None = None) -> None:
        """Have a row tried in its present turn, at a moment or as soon as can be."""
        enqueue(self.kind, self.payload(turn), key=turn.key, run_after=at)

    def enqueue_many(self, turns: Sequence[Turn]) -> None:
        """Have many rows tried, each in its present turn, one after the other."""
        enqueue_many(self.kind, {turn.key: self.payload(turn) for turn in turns})

    def payload(self, turn: Turn) -> dict[str, int]:
        return {self.id_name: turn.row_id, "turn": turn.number}

    def waits(self, turn: Turn) -> sa.ColumnElement[bool]:
        """That a row waits, and in this turn."""
        return sa.and_(self.is_in(turn), self.table.state == "waiting")

    def is_in(self, turn: Turn) -> sa.ColumnElement[bool]:
        return sa.and_(self.table.id == turn.row_id, self.table.turn == turn.number)

    def note(self, turn: Turn, /, **values: Any) -> bool:
        """Change a row that waits in this turn, inside `writing()`: whether it still did. One that was sent is noted as
        such even where somebody stopped it at the same moment."""
        which = self.is_in(turn) if values.get("state") == "sent" else self.waits(turn)
        change = sa.update(self.table).where(which).values(**values).returning(self.table.id)
        return session().execute(change, execution_options=UNSYNCED).first() is not None

    def note_death(self, died: JobDied, /, **values: Any) -> None:
        """Let a row whose job was given up be seen as failed, inside `writing()`: it could not even be tried."""
        if died.kind == self.kind:
            self.note(Turn(died.payload[self.id_name], died.payload["turn"]), state="failed", **values)

    def put_off(self, turn: Turn, pause: timedelta, **values: Any) -> None:
        """Let a row be tried again after a pause, inside `writing()`, if it still waits."""
        next_turn, at = Turn(turn.row_id, turn.number + 1), now() + pause
        if self.note(turn, turn=next_turn.number, next_at=at, **values):
            self.enqueue(next_turn, at)

    def pause_after(self, attempts: int, at_least: timedelta = timedelta()) -> timedelta | None:
        """How long a row rests after so many tries, never in step with others; None when it was tried often enough."""
        if attempts > len(self.pauses_min):
            return None
        return max(at_least, timedelta(minutes=self.pauses_min[attempts - 1] * random.uniform(0.9, 1.1)))

    def try_anew(self, which: sa.ColumnElement[bool]) -> list[Turn]:
        """Begin a new turn, with all its tries, of those of some rows that are at rest, inside `writing()`; answers the
        turns, which are to be enqueued."""
        fresh = {"state": "waiting", "attempts": 0, "turn": self.table.turn + 1, "next_at": now()}
        change = sa.update(self.table).where(which, self.is_at_rest()).values(**fresh)
        begun = session().execute(change.returning(self.table.id, self.table.turn), execution_options=UNSYNCED)
        return [Turn(*row) for row in begun]

    def forget(self, which: sa.ColumnElement[bool], at_most: int | None = None) -> int:
        """Delete some rows with the keys of their jobs, inside `writing()`; how many there were.

        SQLite gives the number of the newest row away again: a key that stayed would let nobody try the next one.
        """
        chosen = sa.select(self.table.id, self.table.turn).where(which).limit(at_most)
        newest, number = [Turn(*row) for row in session().execute(chosen)], 0
        for first in range(0, len(newest), ROWS_AT_ONCE):
            some = newest[first : first + ROWS_AT_ONCE]
            turns = [Turn(row_id, turn) for row_id, last in some for turn in range(last + 1)]
            release_keys(self.kind, [turn.key for turn in turns])  # jobs first, as a job that ends locks them
            gone = sa.delete(self.table).where(self.table.id.in_([turn.row_id for turn in some]), which)
            number += len(session().execute(gone.returning(self.table.id), execution_options=UNSYNCED).all())
        return number

    def is_at_rest(self) -> sa.ColumnElement[bool]:
        """That nobody can be about to send a row: it failed and no job has it in hand, as one may that was stopped in
        the middle; its next try is not due; or its job was cancelled."""
        table = self.table
        return sa.or_(
            sa.and_(table.state == "failed", ~self.has_job("running")),
            sa.and_(table.state == "waiting", table.attempts > 0, table.next_at > now()),
            sa.and_(table.state == "waiting", ~self.has_job("waiting", "running")),
        )

    def has_job(self, *states: str) -> sa.ColumnElement[bool]:
        """That there is a job for a row's present turn, in one of some states."""
        key = sa.cast(self.table.id, sa.String) + "." + sa.cast(self.table.turn, sa.String)
        return sa.exists().where(Job.kind == self.kind, Job.key == key, Job.state.in_(states))
