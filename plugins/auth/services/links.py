"""Links that are mailed: to confirm an address, and to choose a new password. Each works for one person, once."""

import sqlalchemy as sa
from flask import url_for
from flask_security.confirmable import confirm_email_token_status, generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status

from musicapp import emit
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Invalid
from plugins.auth.events import PersonConfirmed, PersonWaits
from plugins.auth.models import User
from plugins.auth.services.leaving.standing import leaving_of

DEAD_LINK = "This link does not work any more. It was used, or is too old; ask for a new one."


def confirm_link(user: User) -> str:
    token = generate_confirmation_token(user)  # type: ignore[no-untyped-call]
    return url_for("auth.confirm_address", token=token, _external=True)


def reset_link(user: User) -> str:
    token = generate_reset_password_token(user)  # type: ignore[no-untyped-call]
    return url_for("auth.choose_password", token=token, _external=True)


def person_of_reset_link(token: str, *, lock: bool = False) -> User:
    """Whom a link for a new password belongs to; raises Invalid for a dead one. With `lock`, inside `writing()`."""
    expired, invalid, user = reset_password_token_status(token)  # type: ignore[no-untyped-call]
    return alive(user, refused=expired or invalid, lock=lock)


def person_of_confirm_link(token: str, *, lock: bool = False) -> User:
    expired, invalid, user = confirm_email_token_status(token)  # type: ignore[no-untyped-call]
    return alive(user, refused=expired or invalid, lock=lock)


def alive(user: User | None, *, refused: bool, lock: bool) -> User:
    """The person, read anew under a lock where asked, if the link's stamp is still theirs."""
    if refused or user is None or not (user.active or leaving_of(user.id)):
        raise Invalid(DEAD_LINK)
    if lock:
        stamp = user.fs_uniquifier
        again = sa.select(User).where(User.id == user.id).with_for_update().execution_options(populate_existing=True)
        user = db.session.scalars(again).one()
        if user.fs_uniquifier != stamp:
            raise Invalid(DEAD_LINK)
    return user


def confirm_address(token: str) -> User:
    """Note that mails to a person's address reach them; the second time changes nothing."""
    with writing():
        user = person_of_confirm_link(token, lock=True)
        note_reached(user)
    return user


def note_reached(user: User) -> None:
    """Note, inside `writing()`, that a mail reached somebody; the second time changes nothing."""
    if user.confirmed_at is None:
        user.confirmed_at = now()
        emit(PersonConfirmed(user.id))
        if user.waits_since is not None:
            emit(PersonWaits(user.id))
