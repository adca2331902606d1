"""What this plugin knows of one app in one process."""

from dataclasses import dataclass

from flask import current_app

from plugins.auth.services.last_used import LastUsed
from plugins.auth.services.person import Lookup


@dataclass
class State:
    """Kept in `app.extensions["auth"]`. `has_admin` turns True once and stays so."""

    lookup: Lookup
    last_used: LastUsed
    has_admin: bool = False


def state() -> State:
    """The state of the current app."""
    found: State = current_app.extensions["auth"]
    return found
