"""Letters about what who runs the site decided: of somebody's account, and who is invited."""

import uuid
from typing import Literal

import sqlalchemy as sa
from flask import url_for

from musicapp.blocks import Block, Section, Words
from musicapp.blocks.mail import render
from musicapp.clock import now
from musicapp.database import db
from musicapp.mail import Letter, post
from musicapp.pages import day
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import User
from plugins.auth.services.links import confirm_link

Standing = Literal["approved", "suspended", "restored"]

SUBJECTS: dict[Standing, str] = {
    "approved": "Your account is approved",
    "suspended": "Your account is suspended",
    "restored": "Your account is open again",
}
REFUSED = "Your account was not accepted"
REFUSAL = "auth.refused"


def post_standing(kind: Standing, user: User) -> None:
    """Note, inside `writing()`, that somebody is to be told of a decision; nothing on a site without mail."""
    payload = {"person_id": user.id}
    post(f"auth.{kind}", payload, key=uuid.uuid4().hex, address=user.email, person_id=user.id)


def post_refusal(address: str, reason: str) -> None:
    """Note, inside `writing()`, that somebody is to be told why they got no account, which by then is gone."""
    post(REFUSAL, {"address": address, "reason": reason}, key=uuid.uuid4().hex, address=address)


def write_standing(kind: Standing, person_id: int) -> Letter | None:
    """The letter about a decision; none where it no longer holds."""
    user = db.session.scalar(sa.select(User).where(User.id == person_id, User.active))
    is_out = user is not None and user.suspended_until is not None and user.suspended_until > now()
    if user is None or is_out != (kind == "suspended"):
        return None
    return letter_to(user.email, SUBJECTS[kind], words_of(kind, user), person_id)


def write_refusal(address: str, reason: str) -> Letter:
    """The letter to somebody who gets no account."""
    said: list[Block] = [Words("You asked for an account. The people who run the site did not accept it.")]
    return letter_to(address, REFUSED, [*said, *(Words(line) for line in reason.splitlines() if line)])


def letter_to(address: str, title: str, words: list[Block], person_id: int | None = None) -> Letter:
    rendered = render(title, [Section("", words)], intro="Hello,")
    subject = f"{title} – {site_settings().name}"
    return Letter(address, subject, rendered.text, rendered.html, pictures=rendered.pictures, person_id=person_id)


def words_of(kind: Standing, user: User) -> list[Block]:
    """What a letter says to somebody, and where it leads."""
    log_in = url_for("auth.log_in", _external=True)
    match kind:
        case "approved":
            if user.confirmed_at is None:
                confirm = Words("Confirm that this is your address.", confirm_link(user), "Confirm my address")
                return [Words("Your account is approved. One step is left."), confirm]
            return [Words("Your account is approved. You can log in now.", log_in, "Log in")]
        case "suspended":
            reason = [Words(line) for line in user.suspended_for.splitlines() if line]
            until = f"The people who run the site suspended your account until {day(user.suspended_until)}."
            return [Words(until), *reason, Words("You were signed out everywhere.")]
        case "restored":
            return [Words("The suspension of your account was lifted. You can log in again.", log_in, "Log in")]
