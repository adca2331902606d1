"""The letter to who deleted their account: until when they can take it back, and how."""

from datetime import datetime

from flask import url_for

from musicapp.blocks import Block, Section, Words
from musicapp.blocks.mail import render
from musicapp.database import session
from musicapp.mail import Letter, post
from musicapp.pages import moment
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import User
from plugins.auth.services.leaving.standing import leaving_of

KIND = "auth.leaving"
TITLE = "Your account is deleted"


def post_goodbye(person_id: int, address: str, erase_at: datetime) -> None:
    """Put the letter into the outbox, inside `writing()`."""
    key = f"{person_id}-{erase_at:%Y%m%dT%H%M%S}"
    post(KIND, {"person_id": person_id}, key=key, address=address, person_id=person_id)


def write_goodbye(person_id: int) -> Letter | None:
    """The letter; none for who took it back meanwhile, or is gone."""
    user, standing = session().get(User, person_id), leaving_of(person_id)
    if user is None or standing is None:
        return None
    until = moment(standing.erase_at)
    said: list[Block] = [
        Words(f"Your account is closed, and you are signed out everywhere. On {until} everything in it is erased."),
        Words("Until then you can take it back: log in, and press the button.", log_in_url(), "Log in"),
        Words("If it was not you who deleted it, log in, take it back, and choose another password at once."),
    ]
    rendered = render(TITLE, [Section("", said)], intro="Hello,")
    subject = f"{TITLE} – {site_settings().name}"
    return Letter(user.email, subject, rendered.text, rendered.html, pictures=rendered.pictures, person_id=user.id)


def log_in_url() -> str:
    return url_for("auth.log_in", _external=True)
