"""Passwords: which ones are good enough, how they are hashed and checked, and how a new one comes into force."""

import uuid
from typing import cast

import sqlalchemy as sa
from flask import current_app
from flask_security import hash_password
from flask_security.utils import verify_password

from musicapp import emit, throttle
from musicapp.database import db, writing
from musicapp.errors import Invalid, NotFound
from plugins.auth.events import PasswordChanged
from plugins.auth.models import User
from plugins.auth.services import limits
from plugins.auth.services.letters import post_letter
from plugins.auth.services.links import note_reached, person_of_reset_link
from plugins.auth.services.sign_ins import end_sign_ins

LEAST_LENGTH = 10
COMMON = {
    "1234567890",
    "12345678910",
    "123456789a",
    "0123456789",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty12345",
    "qwerty123456",
    "password12",
    "password123",
    "password1234",
    "passwordpassword",
    "letmein123",
    "iloveyou123",
    "welcome123",
    "admin12345",
    "abcdefghij",
    "abc1234567",
    "football123",
    "sunshine123",
    "princess123",
    "musicmusic",
    "changeme123",
    "q1w2e3r4t5",
    "zaq12wsxcde",
}


def normal(password: str) -> str:
    """The same password however a keyboard composed its letters."""
    return cast(str, current_app.extensions["security"].password_util.normalize(password))


def refuse_weak(password: str, *about: str, field: str = "password") -> None:
    """Raise Invalid when a password is easy to guess; `about` is what others know of the person."""
    if reason := weakness(normal(password), about):
        raise Invalid("Choose another password.", {field: [reason]})


def weakness(password: str, about: tuple[str, ...]) -> str:
    plain = password.casefold()
    if len(password) < LEAST_LENGTH:
        return f"This is too short: at least {LEAST_LENGTH} characters."
    if len(password) > 128:
        return "This is too long: at most 128 characters."
    if plain in COMMON or len(set(plain)) < 4:
        return "This is among the first that others would try."
    if any(word and plain in (word.casefold(), word.casefold().partition("@")[0]) for word in about):
        return "This is your name or address; others would try it first."
    return ""


def hashed(password: str) -> str:
    """What is kept of a password. It takes long on purpose, so do it outside `writing()`."""
    return hash_password(normal(password))


def fits(password: str, user: User | None) -> bool:
    """Whether this is the person's password; takes as long when there is no such person, or none was chosen yet."""
    if user is None or not user.password:
        hashed(password)
        return False
    return verify_password(normal(password), user.password)


def renew_hash(password: str, user: User) -> None:
    """Keep a password that fits by a new hash, if it was kept in an older way, as bcrypt's are."""
    if not current_app.extensions["security"].pwd_context.needs_update(user.password):
        return
    fresh, verified = hashed(password), user.password
    with writing():
        db.session.refresh(user, with_for_update=True)
        if user.password == verified:
            user.password = fresh


def change_password(person_id: int, current: str, new: str, *, sign_in_id: str) -> None:
    """Set a new password and end all sign-ins but this one. Raises Invalid by field, TooOften after many tries."""
    user = prove(person_id, current, field="current_password")
    refuse_weak(new, user.name, user.email, field="new_password")
    set_password(person_id, hashed(new), but=sign_in_id)


def prove(person_id: int, password: str, *, field: str = "password") -> User:
    """The person, if this is their password. Raises Invalid by field, TooOften after many tries."""
    user = db.session.get(User, person_id)
    if user is None:
        raise NotFound("There is no such person.")
    throttle.spend([limits.password_of(person_id)])
    if not fits(password, user):
        raise Invalid("This is not your password.", {field: ["This is not your present password."]})
    throttle.forgive([limits.password_of(person_id)])
    return user


def set_password(person_id: int, password_hash: str, *, but: str | None = None) -> None:
    """Let a new hash be in force; earlier mailed links and all sign-ins but one end."""
    with writing() as unit:
        user = unit.scalars(sa.select(User).where(User.id == person_id).with_for_update()).one()
        user.password = password_hash
        user.fs_uniquifier = uuid.uuid4().hex
        end_sign_ins(person_id, but=but)
        post_letter("password_changed", user.email)
        emit(PasswordChanged(person_id))


def reset_password(token: str, new: str) -> None:
    """Set the password of whom a mailed link belongs to; the link works once, and shows that mails arrive."""
    user = person_of_reset_link(token)
    refuse_weak(new, user.name, user.email)
    password_hash = hashed(new)
    with writing() as unit:
        user = person_of_reset_link(token, lock=True)
        note_reached(user)
        unit.flush()
        set_password(user.id, password_hash)
