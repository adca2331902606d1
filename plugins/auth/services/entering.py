"""Logging in. What it answers, and how long it takes, never tells whose accounts exist."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm.exc import ObjectDeletedError

from musicapp import emit, throttle
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Forbidden, Refused
from plugins.auth.events import PersonSignedIn
from plugins.auth.models import User
from plugins.auth.services import limits, passwords, second_factor
from plugins.auth.services.leaving.standing import leaving_of
from plugins.auth.services.leaving.staying import let_in
from plugins.auth.services.letters import confirms_addresses, post_letter
from plugins.auth.services.people import person_with_address, typed_address
from plugins.auth.services.sign_ins import Kind, start_sign_in
from plugins.auth.services.suspending import IsSuspended, is_suspended
from plugins.auth.settings import auth_settings

FEW = 3
AGAIN = "Begin again, with your password."


class WrongPassword(Refused):
    """Address and password do not fit, or the account cannot be used; which of them is not told."""

    status = 401


class CodeNeeded(Refused):
    """The password was right, and a second factor is on; `half_way` is where `go_on` takes it up."""

    status = 401

    def __init__(self, half_way: "HalfWay", sentence: str = "Enter the code from your app, too.") -> None:
        super().__init__(sentence, {"code": [sentence]})
        self.half_way = half_way


@dataclass(frozen=True)
class HalfWay:
    """Somebody whose password was right; `stamp` is another once they have a new one."""

    person_id: int
    stamp: str


@dataclass(frozen=True)
class Visit:
    """Where a try comes from: the network address, the device in words, and the key that it keeps for this account
    when it was here before."""

    address: str
    device: str
    device_key: str = ""


@dataclass(frozen=True)
class Entered:
    """A log-in that worked."""

    person: User
    sign_in_id: str
    expires_at: datetime


def log_in(
    address: str,
    password: str,
    kind: Kind,
    visit: Visit,
    *,
    remember: bool = False,
    code: str = "",
    stays: bool = False,
) -> Entered:
    """Begin a sign-in of the person with this address and password, and a code where their second factor is on.

    Who deleted their account comes back to it when they say that they stay. Raises WrongPassword, TooOften, and, told
    only with the right password, CodeNeeded, then Forbidden for who waits, IsSuspended and IsLeaving.
    """
    address = typed_address(address)
    purses = limits.log_in_by(address, visit.address, visit.device_key)
    left = throttle.spend(purses)
    user = person_with_address(address)
    proven = half_way_of(user) if user is not None else None  # before the check, which takes long
    fits = passwords.fits(password, user)
    try:
        if user is None or proven is None or not fits or not may_enter(user):
            raise WrongPassword(wrong(left))
        throttle.forget(purses[0])
        throttle.forgive(purses[1:])
        passwords.renew_hash(password, user)
        if second_factor.is_on(user.id):
            prove_with(code, proven)
        refuse_kept_out(user, proven)
        return enter(user, kind, visit, lasts(kind, remember), proven=proven, stays=stays)
    except ObjectDeletedError:
        raise WrongPassword(wrong(left)) from None  # the account was erased at this very moment


def prove_with(code: str, half_way: HalfWay) -> None:
    """Take a code of the second factor. Raises CodeNeeded without one and with a wrong one, TooOften."""
    if not code:
        raise CodeNeeded(half_way)
    try:
        second_factor.prove(half_way.person_id, code)
    except second_factor.WrongCode as wrong:
        raise CodeNeeded(half_way, wrong.sentence) from None


def go_on(half_way: HalfWay, code: str, visit: Visit, *, remember: bool = False) -> Entered:
    """Begin the sign-in of a browser whose password was right a moment ago, with the code that was missing.

    Raises CodeNeeded, TooOften, WrongPassword where it is no longer the password, and Forbidden as `log_in` does.
    """
    user = person_of(half_way)
    prove_with(code, half_way)
    refuse_kept_out(user, half_way)
    return enter(user, "session", visit, lasts("session", remember), proven=half_way)


def come_back(proven: HalfWay, visit: Visit) -> Entered:
    """Begin the sign-in of a browser that showed a moment ago whose account it is, and take its deletion back.

    Raises WrongPassword where it is no longer the password, and Forbidden as `log_in` does.
    """
    user = person_of(proven)
    refuse_kept_out(user, proven)
    return enter(user, "session", visit, lasts("session", remember=False), proven=proven, stays=True)


def kept_out(proven: HalfWay) -> User:
    """Somebody who showed a moment ago whose account it is, and who is suspended; raises WrongPassword for who is not,
    and where it is no longer the password."""
    user = person_of(proven)
    if not is_suspended(user):
        raise WrongPassword(AGAIN)
    return user


def person_of(proven: HalfWay) -> User:
    """Whose password was right; raises WrongPassword where they have another since, or the account was closed."""
    user = db.session.get(User, proven.person_id)
    if user is None or not hmac.compare_digest(stamp_of(user), proven.stamp) or not may_enter(user):
        raise WrongPassword(AGAIN)
    return user


def half_way_of(user: User) -> HalfWay:
    """Somebody by the password that is theirs at this moment, for a check that takes its time."""
    return HalfWay(user.id, stamp_of(user))


def stamp_of(user: User) -> str:
    """A sign of somebody's present password that tells nothing of it."""
    return hashlib.sha256(f"half way\n{user.fs_uniquifier}".encode()).hexdigest()[:32]


def enter(
    user: User, kind: Kind, visit: Visit, lasts: timedelta, *, proven: HalfWay | None = None, stays: bool = False
) -> Entered:
    """Begin a sign-in; refused when they have another password since it was `proven`, and by IsLeaving where they
    deleted the account and do not say that they stay."""
    here = sa.select(User).where(User.id == user.id)
    with writing() as unit:
        again = here.with_for_update().execution_options(populate_existing=True)
        if unit.scalars(again).one_or_none() is None or (proven and stamp_of(user) != proven.stamp):
            raise WrongPassword(wrong(FEW + 1))
        let_in(user, stamp_of(user), stays=stays)
        user.last_seen_at = now()
        sign_in = start_sign_in(user.id, kind, visit.device, lasts)
        emit(PersonSignedIn(user.id, kind, visit.device))
    return Entered(user, sign_in.id, sign_in.expires_at)


def ask_for_letter(kind: Literal["confirm", "reset"], address: str, visit: Visit) -> None:
    """Note that somebody wants such a letter; whether there is anybody to write to is seen later, by the worker."""
    address = typed_address(address)
    throttle.spend(limits.mail_to(address, visit.address))
    with writing():
        post_letter(kind, address)


def may_enter(user: User) -> bool:
    is_open = user.active or leaving_of(user.id) is not None
    return is_open and (user.confirmed_at is not None or not confirms_addresses())


def refuse_kept_out(user: User, proven: HalfWay) -> None:
    """Tell somebody who proved who they are why they do not come in: a suspension, or no approval yet."""
    if is_suspended(user):
        raise IsSuspended(user, proven.stamp)
    if user.waits_since is not None:
        raise Forbidden("This account waits until the people who run the site have looked at it.")


def lasts(kind: Kind, remember: bool) -> timedelta:
    settings = auth_settings()
    if kind == "token":
        return timedelta(days=settings.token_days)
    return timedelta(days=settings.remember_days if remember else settings.session_days)


def wrong(left: int) -> str:
    also = ", or the address is not confirmed yet" if confirms_addresses() else ""
    sentence = f"That password does not fit this address{also}."
    if left > FEW:
        return sentence
    tries = {0: "No try is", 1: "One try is", 2: "Two tries are"}.get(left, "Three tries are")
    return f"{sentence} {tries} left before a short pause."
