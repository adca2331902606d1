"""What breaks on the site: unhandled errors and jobs given up, by day, for its admins. Nothing of people is kept."""

from flask import Flask

from musicapp import errors
from musicapp.faults.noting import FaultsOfRequests

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Let every answer of 500 and more be counted."""
    noted = app.extensions["faults"] = FaultsOfRequests(app)
    errors.failed.connect(noted.note, app)
