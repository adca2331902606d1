"""The connection to the mail server: kept while more mails are due, and not sought again at once where none was had."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import current_app

from musicapp.mail.answers import TryLater, words_of

MOST_MAILS = 50
IDLE_S = 5.0


@dataclass
class Connection:
    """What this process has of the mail server: a connection that mails share, or since when and why there is none.

    A new connection for each of a thousand mails costs more than the mails, and a server that is silent would take ten
    seconds of the worker for each. `away_until` and `used_at` are on the monotonic clock.
    """

    backend: Any = None
    mails: int = 0
    used_at: float = 0.0
    away_until: float = 0.0
    away_because: str = ""

    def opened(self) -> Any:
        """Flask-Mailman's connection, logged in; raises TryLater, also for a while after it could not be had."""
        if self.is_alive():
            return self.backend
        self.close()
        if time.monotonic() < self.away_until:
            raise TryLater(self.away_because)
        self.backend, self.mails = current_app.extensions["mailman"].get_connection(), 0
        try:
            self.backend.open()
        except OSError as error:
            self.away_until = time.monotonic() + current_app.config["MAIL_AWAY_S"]
            self.away_because = words_of(error)
            self.close()
            raise TryLater(self.away_because) from error
        return self.backend

    def is_alive(self) -> bool:
        """Whether the server still answers on it, and takes one more mail of the same caller."""
        smtp = getattr(self.backend, "connection", None)
        if smtp is None or self.mails >= MOST_MAILS or time.monotonic() - self.used_at > IDLE_S:
            return False
        try:
            return bool(smtp.noop()[0] == 250)
        except OSError:
            return False

    def note_use(self) -> None:
        """Count a mail that was taken."""
        self.mails += 1
        self.used_at = time.monotonic()

    def close(self) -> None:
        """Hang up; what was taken is taken, however the server says goodbye."""
        if self.backend is not None:
            with suppress(OSError):
                self.backend.close()
            self.backend = None
