"""Switching the second factor on and off: a secret for the app, shown until its first code proves that it arrived."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from passlib.totp import TOTP

from musicapp import audit, emit, throttle
from musicapp.clock import now
from musicapp.database import UNSYNCED, db, insert_for, writing
from musicapp.errors import Conflict, Forbidden, Invalid
from musicapp.site.stored_settings import site_settings
from plugins.auth.events import SecondFactorSwitchedOff, SecondFactorSwitchedOn
from plugins.auth.models import SecondFactor
from plugins.auth.services import limits
from plugins.auth.services.letters import post_letter
from plugins.auth.services.people import person_with_id
from plugins.auth.services.second_factor import recovery
from plugins.auth.services.second_factor.codes import WrongCode, counter_of, is_on, prove_again
from plugins.auth.services.second_factor.sealing import opened, sealed

WAITS_FOR = timedelta(hours=1)
IS_ON = "Your second factor is on already."
IS_OFF = "There is no second factor to switch off."
BEGIN_ANEW = "This took too long. Begin anew, with another secret."


@dataclass(frozen=True)
class Waiting:
    """A secret that waits for its first code: as it is, in groups to type, and as the address in a QR picture."""

    secret: str
    groups: str
    address: str


def begin(person_id: int) -> Waiting:
    """Make a secret for somebody's app; it counts once `confirm` has seen a code. Raises Conflict when one does."""
    secret = TOTP.new().base32_key
    fresh = {"sealed_secret": sealed(secret), "last_counter": 0, "begun_at": now()}
    make = insert_for(SecondFactor).values(user_id=person_id, **fresh)
    renew = make.on_conflict_do_update(
        index_elements=["user_id"], set_=fresh, where=SecondFactor.confirmed_at.is_(None)
    ).returning(SecondFactor.user_id)
    with writing() as unit:
        if unit.execute(renew, execution_options=UNSYNCED).first() is None:
            raise Conflict(IS_ON)
    return as_waiting(person_id, secret)


def waiting(person_id: int) -> Waiting | None:
    """The secret that somebody began with less than an hour ago and has not confirmed."""
    secret = waiting_secret(person_id)
    return as_waiting(person_id, secret) if secret else None


def as_waiting(person_id: int, secret: str) -> Waiting:
    """A secret as somebody's app can take it."""
    app = TOTP(key=secret)
    site = site_settings().name.replace(":", " ")
    address = app.to_uri(label=person_with_id(person_id).email, issuer=site)
    return Waiting(secret, app.pretty_key(sep=" "), address)


def waiting_secret(person_id: int) -> str | None:
    query = sa.select(SecondFactor.sealed_secret).where(
        SecondFactor.user_id == person_id,
        SecondFactor.confirmed_at.is_(None),
        SecondFactor.begun_at > now() - WAITS_FOR,
    )
    text = db.session.scalar(query)
    return opened(text) if text else None


def confirm(person_id: int, code: str) -> list[str]:
    """Switch it on with the first code of the app; answers the recovery codes, which nobody can read again.

    Raises Conflict where it is on, Invalid where nothing waits, WrongCode, TooOften.
    """
    secret = waiting_secret(person_id)
    if secret is None and is_on(person_id):
        raise Conflict(IS_ON)
    if secret is None:
        raise Invalid(BEGIN_ANEW)
    throttle.spend([limits.code_of(person_id)])
    counter = counter_of(code, secret)
    if counter is None:
        raise WrongCode
    with writing() as unit:
        row = unit.get_one(SecondFactor, person_id, with_for_update=True, populate_existing=True)
        if row.confirmed_at is not None:
            raise Conflict(IS_ON)
        if opened(row.sealed_secret) != secret:
            raise Invalid(BEGIN_ANEW)
        row.confirmed_at, row.last_counter = now(), counter
        codes = recovery.replace_codes(person_id)
        audit.record("auth.second_factor_switched_on", about=("person", person_id))
        post_letter("second_factor_on", person_with_id(person_id).email)
        emit(SecondFactorSwitchedOn(person_id))
    throttle.forget(limits.code_of(person_id))
    return codes


def switch_off(person_id: int, password: str, code: str) -> None:
    """Let the password alone be enough again. Raises Invalid by field, Conflict when it is off."""
    if not is_on(person_id):
        raise Conflict(IS_OFF)
    prove_again(person_id, password, code)
    forget(person_id, "auth.second_factor_switched_off", "")


def reset(person_id: int, reason: str = "", *, by: int | None = None) -> None:
    """Switch it off for somebody who lost phone and recovery codes; who may do so is for the caller to know.

    Raises Conflict when it is off, and Forbidden for one's own, which takes a code.
    """
    if person_with_id(person_id).id == by:
        raise Forbidden("Your own second factor is switched off with your password and a code, on its page.")
    forget(person_id, "auth.second_factor_reset", reason)


def forget(person_id: int, act: str, reason: str) -> None:
    gone = sa.delete(SecondFactor).where(SecondFactor.user_id == person_id, SecondFactor.confirmed_at.is_not(None))
    with writing() as unit:
        if unit.execute(gone.returning(SecondFactor.user_id)).first() is None:
            raise Conflict(IS_OFF)
        recovery.forget_codes(person_id)
        audit.record(act, about=("person", person_id), reason=reason)
        post_letter("second_factor_off", person_with_id(person_id).email)
        emit(SecondFactorSwitchedOff(person_id))
