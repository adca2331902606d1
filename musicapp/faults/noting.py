"""Noting what broke: never in the way of a request, and without Redis.

A request only drops its error here; a thread of this process writes them all in one statement a little later. While
the database is away they wait.
"""

import logging
import threading
from collections.abc import Iterable

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError

from musicapp.database import Session, insert_for, writing
from musicapp.errors import request_id
from musicapp.faults.models import Fault
from musicapp.faults.seen import Seen, seen
from musicapp.jobs.ledger import site_zone

log = logging.getLogger(__name__)

DELAY_S = 5.0
AGAIN_S = 60.0
MOST_WAITING = 200


class FaultsOfRequests:
    """The errors of one app's requests that are not written yet; of each kind one, with how often it happened."""

    def __init__(self, app: Flask, delay_s: float = DELAY_S) -> None:
        self.app = app
        self.delay_s = delay_s
        self.waiting: dict[str, Seen] = {}
        self.lock = threading.Lock()
        self.timer: threading.Timer | None = None

    def note(self, _app: Flask, error: BaseException) -> None:
        """Take down the error of this request."""
        one = seen("request", request.endpoint or "", error, request_id())
        with self.lock:
            self.add(one)
            self.write_within(self.delay_s)

    def add(self, one: Seen) -> None:
        before = self.waiting.get(one.digest)
        if before is None and len(self.waiting) >= MOST_WAITING:
            return
        one.times += before.times if before else 0
        self.waiting[one.digest] = one

    def write_within(self, delay_s: float) -> None:
        if self.timer is None:
            self.timer = threading.Timer(delay_s, self.write)
            self.timer.daemon = True
            self.timer.start()

    def write(self) -> None:
        """Write what was noted; what cannot be written is tried again."""
        with self.lock:
            noted, self.waiting, self.timer = self.waiting, {}, None
        if not noted:
            return
        try:
            with self.app.app_context(), writing() as unit:
                keep(unit, noted.values())
        except SQLAlchemyError as error:
            log.warning("%d kinds of errors could not be written down yet: %s", len(noted), error)
            with self.lock:
                for one in noted.values():
                    self.add(one)
                self.write_within(AGAIN_S)


def keep(unit: Session, noted: Iterable[Seen]) -> None:
    """Add errors to those of their days; inside a unit of work."""
    zone = site_zone()
    rows = [
        {
            "day": one.at.astimezone(zone).date(),
            "digest": one.digest,
            "source": one.source,
            "doing": one.doing,
            "kind": one.kind,
            "place": one.place,
            "times": one.times,
            "last_at": one.at,
            "request_id": one.request_id,
        }
        for one in noted
    ]
    insert = insert_for(Fault)
    more = {
        "times": Fault.times + insert.excluded.times,
        "last_at": insert.excluded.last_at,
        "request_id": insert.excluded.request_id,
    }
    unit.execute(insert.on_conflict_do_update(index_elements=["day", "digest"], set_=more), rows)
