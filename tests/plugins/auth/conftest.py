"""A site with people and nothing else, and what its tests do often."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_mailman import EmailMultiAlternatives

from musicapp import clock
from musicapp.jobs import claim
from musicapp.jobs.running import run
from tests.conftest import AppMaker
from tests.people import set_up

Travel = Callable[[timedelta], None]
CLOCK_READERS = (
    *("entering", "last_used", "links", "people", "person"),
    *("roles", "sign_ins", "suspending", "tokens"),
    *("invitations.making", "invitations.using"),
    *("second_factor.codes", "second_factor.setting_up"),
)


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """The site, set up, without mail."""
    return started(make_app)


@pytest.fixture
def mailing(make_app: AppMaker) -> Flask:
    """The site, set up, with a mail server; what it sends is kept in `sent_by`."""
    app = started(make_app, mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


def started(make_app: AppMaker, **settings: Any) -> Flask:
    app = make_app(plugins=["auth"], **settings)
    set_up(app)
    return app


def sent_by(app: Flask) -> list[EmailMultiAlternatives]:
    """Do the jobs that wait, and answer all mails so far."""
    with app.app_context():
        while held := claim():
            run(held)
    return getattr(app.extensions["mailman"], "outbox", [])


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries are counted at the beginning of a quarter of an hour, so that no window ends in the midst of a test."""
    quarter_s = 15 * 60
    begun = datetime.fromtimestamp(time.time() // quarter_s * quarter_s, clock.UTC)
    monkeypatch.setattr("musicapp.throttle.purses.now", lambda: begun)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Let so much time have passed, for everything that asks the site's clock."""

    def travel(passed: timedelta) -> None:
        moment = datetime.now(clock.UTC) + passed
        for name in CLOCK_READERS:
            monkeypatch.setattr(f"plugins.auth.services.{name}.now", lambda: moment)
        monkeypatch.setattr("musicapp.throttle.purses.now", lambda: moment)

    return travel


def at_once(app: Flask, *calls: Callable[[], object]) -> None:
    """Make all these calls at the same moment, each in a thread of its own; raises what one of them raised."""
    ready = threading.Barrier(len(calls))

    def make(call: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            call()

    with ThreadPoolExecutor(len(calls)) as threads:
        for done in [threads.submit(make, call) for call in calls]:
            done.result()
