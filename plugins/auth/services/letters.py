"""Letters: the mails of this plugin. A request only notes that one is due; the worker looks the person up and writes.

So a request takes the same time whether or not an address is known, and whatever the mail server does.
"""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from flask import current_app, render_template

from musicapp.database import db
from musicapp.jobs import enqueue
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import User
from plugins.auth.services.links import confirm_link, reset_link

Kind = Literal["confirm", "known_address", "reset", "password_changed"]

SUBJECTS: dict[str, str] = {
    "confirm": "Confirm your address",
    "known_address": "You have an account already",
    "reset": "Choose a new password",
    "password_changed": "Your password was changed",
}


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to go."""

    address: str
    subject: str
    text: str
    html: str


def sends_mail() -> bool:
    """Whether this site can send mail; where it cannot, accounts need no confirmation."""
    return bool(current_app.config["MAIL_SERVER"])


def post_letter(kind: Kind, address: str) -> None:
    """Note, inside `writing()`, that a letter is due to whoever has this address; nothing on a site without mail."""
    if sends_mail():
        enqueue("auth.send_mail", {"kind": kind, "address": address})


def write_letter(kind: str, address: str) -> Letter | None:
    """The letter for whoever has this address now, or none when there is nobody to write to."""
    user = db.session.scalar(sa.select(User).where(User.email == address, User.active))
    if user is None or (kind == "confirm" and user.confirmed_at is not None):
        return None
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        link = {"confirm": confirm_link, "reset": reset_link}.get(kind, lambda _user: "")(user)
        said = {"person": user, "link": link}
        return Letter(
            address=user.email,
            subject=f"{SUBJECTS[kind]} – {site_settings().name}",
            text=render_template(f"auth/mail/{kind}.txt", **said),
            html=render_template(f"auth/mail/{kind}.html", **said),
        )
