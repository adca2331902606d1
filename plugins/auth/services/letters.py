"""Letters: the mails of this plugin. A request only notes that one is due; the worker looks the person up and writes.

So a request takes the same time whether or not an address is known, and whatever the mail server does.
"""

import uuid
from typing import Literal

import sqlalchemy as sa
from flask import current_app, url_for

from musicapp.blocks import Block, Section, Words
from musicapp.blocks.mail import render
from musicapp.database import db
from musicapp.mail import Letter, post
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import User
from plugins.auth.services.leaving.standing import has_account
from plugins.auth.services.links import confirm_link, reset_link

Kind = Literal[
    "confirm",
    "known_address",
    "reset",
    "password_changed",
    "invited",
    "second_factor_on",
    "second_factor_off",
    "recovery_codes_made",
    "recovery_code_used",
]

SUBJECTS: dict[Kind, str] = {
    "confirm": "Confirm your address",
    "known_address": "You have an account already",
    "reset": "Choose a new password",
    "password_changed": "Your password was changed",
    "invited": "You are invited",
    "second_factor_on": "Your second factor is on",
    "second_factor_off": "Your second factor is off",
    "recovery_codes_made": "You have new recovery codes",
    "recovery_code_used": "A recovery code was used",
}

ALARMS: dict[str, str] = {
    "password_changed": "Your password was changed just now, and every other browser and token was signed out.",
    "second_factor_on": "From now on a code from your app is asked after your password.",
    "second_factor_off": "From now on your password alone is enough to log in.",
    "recovery_codes_made": "You have new recovery codes now, and those before are void.",
    "recovery_code_used": "Somebody who knows your password used one of your recovery codes. It is void now.",
}


def confirms_addresses() -> bool:
    """Whether people show that mails reach them before they come in; a site that cannot write to them asks nothing."""
    return bool(current_app.config["MAIL_SERVER"])


def post_letter(kind: Kind, address: str) -> None:
    """Note, inside `writing()`, that a letter is due to whoever has this address; nothing on a site without mail."""
    post(f"auth.{kind}", {"address": address}, key=uuid.uuid4().hex, address=address)


def write_letter(kind: Kind, address: str) -> Letter | None:
    """The letter for whoever has this address now, or none when there is nobody to write to."""
    user = db.session.scalar(sa.select(User).where(User.email == address, has_account()))
    if user is None or (kind == "confirm" and user.confirmed_at is not None) or (kind == "invited" and user.password):
        return None
    title, site = SUBJECTS[kind], site_settings().name
    rendered = render(title, [Section("", words_of(kind, user))], intro="Hello,")
    subject = f"{title} – {site}"
    return Letter(user.email, subject, rendered.text, rendered.html, pictures=rendered.pictures, person_id=user.id)


def words_of(kind: Kind, user: User) -> list[Block]:
    """What a letter says to somebody, and where it leads."""
    again = url_for("auth.forgot_password", _external=True)
    match kind:
        case "confirm":
            return [
                Words("Please confirm that this is your address.", confirm_link(user), "Confirm my address"),
                Words("The link works for five days. If you made no account here, ignore this mail."),
            ]
        case "known_address":
            return [
                Words(
                    "Somebody, perhaps you, wanted to make an account with your address. You have one already, so "
                    "nothing was changed."
                ),
                Words("", url_for("auth.log_in", _external=True), "Log in"),
                Words("If you forgot your password, choose a new one.", again, "Choose a new password"),
            ]
        case "reset":
            return [
                Words("Choose a new password here.", reset_link(user), "Choose a new password"),
                Words(
                    "The link works once, for a day. If you did not ask for it, ignore this mail; your password stays "
                    "as it is."
                ),
            ]
        case "invited":
            return [
                Words("There is an account for you here. Choose a password, and come in.", reset_link(user), "Come in"),
                Words("The link works once, for a day. Later, have another one sent.", again, "Send me another link"),
            ]
        case _:
            return [
                Words(ALARMS[kind]),
                Words("If it was not you, choose a new password at once.", again, "Choose a new password"),
            ]
