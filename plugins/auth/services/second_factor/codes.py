"""Proving the second factor: a code of the app, or a recovery code. Each works once."""

import logging
from datetime import datetime

import sqlalchemy as sa
from passlib.exc import TokenError
from passlib.totp import TOTP

from musicapp import throttle
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Invalid
from plugins.auth.models import SecondFactor
from plugins.auth.services import limits, passwords
from plugins.auth.services.second_factor import recovery
from plugins.auth.services.second_factor.sealing import opened

log = logging.getLogger(__name__)

WRONG = "This code does not fit, or was used already. Wait for the next one."


class WrongCode(Invalid):
    """Neither a code of the person's app of this minute nor a recovery code that is left."""

    def __init__(self) -> None:
        super().__init__(WRONG, {"code": [WRONG]})


def is_on(person_id: int) -> bool:
    """Whether somebody needs a code to log in."""
    return on_since(person_id) is not None


def on_since(person_id: int) -> datetime | None:
    """Since when somebody needs a code to log in, if they do."""
    return db.session.scalar(sa.select(SecondFactor.confirmed_at).where(SecondFactor.user_id == person_id))


def prove_again(person_id: int, password: str, code: str) -> None:
    """The password of somebody who is in already, and a code where their second factor is on. Raises Invalid by
    field, TooOften."""
    passwords.prove(person_id, password)
    if is_on(person_id):
        prove(person_id, code)


def prove(person_id: int, code: str) -> None:
    """Take a code of somebody whose second factor is on. Raises WrongCode, and TooOften after many tries."""
    purse = limits.code_of(person_id)
    throttle.spend([purse])
    if not use_app_code(person_id, code) and not recovery.use_code(person_id, code):
        raise WrongCode
    throttle.forget(purse)


def use_app_code(person_id: int, code: str) -> bool:
    """Take a code of the app; of several uses at once, one does."""
    kept = db.session.execute(
        sa.select(SecondFactor.sealed_secret, SecondFactor.last_counter).where(
            SecondFactor.user_id == person_id, SecondFactor.confirmed_at.is_not(None)
        )
    ).one_or_none()
    secret = opened(kept.sealed_secret) if kept else None
    if kept and secret is None:
        log.warning("The second factor of person %d was sealed with another secret key; reset it.", person_id)
    counter = counter_of(code, secret) if secret else None
    if counter is None:
        return False
    take = sa.update(SecondFactor).where(SecondFactor.user_id == person_id, SecondFactor.last_counter < counter)
    with writing() as unit:
        taken = unit.execute(take.values(last_counter=counter).returning(SecondFactor.user_id))
        return taken.first() is not None


def counter_of(code: str, secret: str) -> int | None:
    """The half-minute that a code belongs to: this one, the one before or the next; None for any other."""
    try:
        return int(TOTP(key=secret).match(code, time=now()).counter)
    except TokenError:
        return None
