"""Letters: the mails of this plugin. A request only notes that one is due; the worker looks the person up and writes.

So a request takes the same time whether or not an address is known, and whatever the mail server does.
"""

import uuid
from typing import Literal

import sqlalchemy as sa
from flask import current_app, render_template

from musicapp.database import db
from musicapp.mail import Letter, post
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import User
from plugins.auth.services.links import confirm_link, reset_link

Kind = Literal["confirm", "known_address", "reset", "password_changed"]

SUBJECTS: dict[Kind, str] = {
    "confirm": "Confirm your address",
    "known_address": "You have an account already",
    "reset": "Choose a new password",
    "password_changed": "Your password was changed",
}


def confirms_addresses() -> bool:
    """Whether people show that mails reach them before they come in; a site that cannot write to them asks nothing."""
    return bool(current_app.config["MAIL_SERVER"])


def post_letter(kind: Kind, address: str) -> None:
    """Note, inside `writing()`, that a letter is due to whoever has this address; nothing on a site without mail."""
    post(f"auth.{kind}", {"address": address}, key=uuid.uuid4().hex, address=address)


def write_letter(kind: Kind, address: str) -> Letter | None:
    """The letter for whoever has this address now, or none when there is nobody to write to."""
    user = db.session.scalar(sa.select(User).where(User.email == address, User.active))
    if user is None or (kind == "confirm" and user.confirmed_at is not None):
        return None
    link = {"confirm": confirm_link, "reset": reset_link}.get(kind, lambda _user: "")(user)
    said = {"person": user, "link": link}
    return Letter(
        address=user.email,
        subject=f"{SUBJECTS[kind]} – {site_settings().name}",
        text=render_template(f"auth/mail/{kind}.txt", **said),
        html=render_template(f"auth/mail/{kind}.html", **said),
        person_id=user.id,
    )
