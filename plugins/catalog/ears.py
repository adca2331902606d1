"""Who hears, for the play ledger: the person who is signed in, or the browser of a visitor."""

import secrets
from datetime import UTC, datetime

from flask import session

from musicapp.clock import now
from musicapp.security import signed_in
from plugins.catalog.services import Ear
from plugins.catalog.services.history import own_key


def current_ear() -> Ear:
    """The listener of this request."""
    person = signed_in()
    if person is not None:
        return Ear(own_key(person.id), person)
    greet_visitor()
    return Ear(f"v{session['ear']}", None, datetime.fromtimestamp(session["ear_since"], UTC))


def greet_visitor() -> None:
    """Remember in a visitor's own session since when they can have heard something."""
    if signed_in() is None and "ear" not in session:
        session["ear"] = secrets.token_hex(16)
        session["ear_since"] = int(now().timestamp())
