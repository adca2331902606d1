"""When sign-ins were last used: noted coarsely, and never in the way of a request.

A request only drops an id here; a thread of this process writes them all in one statement a little later, and lets it
be when the database is busy.
"""

import logging
import threading

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from musicapp.clock import now
from musicapp.database import writing
from plugins.auth.models import SignIn, User

log = logging.getLogger(__name__)

DELAY_S = 60.0


class LastUsed:
    """The sign-ins of one app that were used and are not written yet."""

    def __init__(self, app: Flask, delay_s: float = DELAY_S) -> None:
        self.app = app
        self.delay_s = delay_s
        self.ids: set[str] = set()
        self.lock = threading.Lock()
        self.timer: threading.Timer | None = None

    def note(self, sign_in_id: str) -> None:
        with self.lock:
            self.ids.add(sign_in_id)
            if self.timer is None:
                self.timer = threading.Timer(self.delay_s, self.write)
                self.timer.daemon = True
                self.timer.start()

    def write(self) -> None:
        """Write what was noted; what cannot be written is noted again by the next request."""
        with self.lock:
            ids, self.ids, self.timer = self.ids, set(), None
        if not ids:
            return
        try:
            with self.app.app_context(), writing() as unit:
                people = sa.select(SignIn.user_id).where(SignIn.id.in_(ids))
                unit.execute(sa.update(SignIn).where(SignIn.id.in_(ids)).values(last_used_at=now()))
                unit.execute(sa.update(User).where(User.id.in_(people)).values(last_seen_at=now()))
        except SQLAlchemyError as error:
            log.warning("When %d sign-ins were last used is not noted: %s", len(ids), error)
