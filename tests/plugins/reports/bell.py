"""A third party's plugin for tests: it reminds everybody of what the test says, and fails or dies as it is told to."""

import os
import signal

from flask import current_app

from musicapp import Plugin
from musicapp.blocks import Words
from musicapp.database import session
from plugins.auth.services import named_people

plugin = Plugin("bell", __name__, requires=["auth"])


@plugin.contributes("reports.reminder", name="bell", title="Bells", words="They ring.", order=1)
def ring(_at, after, limit):
    """Everybody, of each of the things that the test names."""
    ids = sorted(id_ for id_, _ in session().execute(named_people()) if id_ > after)[:limit]
    for id_ in ids:
        if id_ == current_app.config.get("KILLED_AT"):
            raise SystemExit("killed")
        if id_ == current_app.config.get("BROKEN_AT"):
            raise ValueError("the rope tore")
        for thing in current_app.config.get("BELLS", ["one"]):
            yield id_, thing, f"Bell {thing}", [Words(f"Bell {thing} rings.")]


@plugin.contributes("reports.section", name="bell.news", audience="news", heading="Bells", order=1)
def news(_person_id, _subject_id, _span):
    """Fails where the test says so."""
    if current_app.config.get("BROKEN_NEWS"):
        raise ValueError("the tongue fell out")
    return []


@plugin.job("bell.poison")
def poison(_job):
    """Kills the process that does it."""
    os.kill(os.getpid(), signal.SIGKILL)
