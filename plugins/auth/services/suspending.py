"""Keeping people out for a while, and letting them in again."""

import unicodedata
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.days import A_DAY, first_moment
from musicapp.errors import Forbidden, Invalid, NotFound
from musicapp.pages import day as day_in_words
from musicapp.security import signed_in
from plugins.auth.events import PersonRestored, PersonSuspended
from plugins.auth.models import User
from plugins.auth.services.roles import leave_an_admin, role_named
from plugins.auth.services.sign_ins import end_sign_ins
from plugins.auth.services.standing_letters import post_standing

LONGEST_REASON = 1_000
MOST_DAYS = 3_650


class IsSuspended(Forbidden):
    """Told to who proved who they are: why and until when they are kept out; their data they may take along.

    `stamp` is of the password by which they proved it, not of one that was set since.
    """

    def __init__(self, user: User, stamp: str) -> None:
        reason = f" The reason: {user.suspended_for}" if user.suspended_for else ""
        super().__init__(f"This account is suspended until {day_in_words(user.suspended_until)}.{reason}")
        self.person_id = user.id
        self.stamp = stamp


def suspend(person_id: int, until: datetime, reason: str = "") -> None:
    """Keep somebody out until then; everything they are signed in with ends at once.

    A `reason` is told to them by mail and in the inbox; who gives none tells them by other ways, and leaves that of a
    suspension that stands. Raises Conflict for
    the last admin, Forbidden for an admin where who asks is none.
    """
    with writing():
        role_named("admin", lock=True)
        user = locked_person(person_id)
        if "admin" in user.role_names:
            refuse_lesser_staff()
            leave_an_admin(person_id)
        if reason or not is_suspended(user):
            user.suspended_for = reason
        user.suspended_until = until
        end_sign_ins(person_id)
        audit.record("auth.suspended", about=("person", person_id), reason=reason, until=until.isoformat())
        if reason:
            post_standing("suspended", user)
        emit(PersonSuspended(person_id, until, reason))


def refuse_lesser_staff() -> None:
    person = signed_in()
    if person is not None and "admin" not in person.role_names:
        raise Forbidden("An admin is suspended by another admin alone.")


def restore(person_id: int) -> None:
    """Lift a suspension before its time; who was told its reason is told this, too."""
    with writing():
        user = locked_person(person_id)
        if not is_suspended(user):
            return
        is_told = bool(user.suspended_for)
        user.suspended_until, user.suspended_for = None, ""
        audit.record("auth.restored", about=("person", person_id))
        if is_told:
            post_standing("restored", user)
        emit(PersonRestored(person_id, is_told))


def is_suspended(user: User) -> bool:
    """Whether somebody may not come in at this moment."""
    return user.suspended_until is not None and user.suspended_until > now()


def locked_person(person_id: int) -> User:
    """The person as they are now, whom nobody else changes meanwhile, inside `writing()`; raises NotFound."""
    query = sa.select(User).where(User.id == person_id).with_for_update().execution_options(populate_existing=True)
    user = db.session.scalar(query)
    if user is None:
        raise NotFound("There is no such person.")
    return user


def until_when(days: int | None, day: date | None) -> datetime:
    """The end of a suspension for some days, or to the end of a day on the site's clock. Raises Invalid by field."""
    if day is None:
        return now() + timedelta(days=checked_days(days))
    until = first_moment(day + A_DAY) if day.year < 9000 else None
    if until is None or not now() < until <= now() + timedelta(days=MOST_DAYS):
        wrong = "Choose a day to come, within ten years."
        raise Invalid(wrong, {"until": [wrong]})
    return until


def checked_days(days: int | None) -> int:
    if days is None or not 1 <= days <= MOST_DAYS:
        wrong = f"Say for how many days: 1 to {MOST_DAYS:,}."
        raise Invalid(wrong, {"days": [wrong]})
    return days


def checked_reason(text: str, *, needed: bool = True) -> str:
    """A reason that can be told to somebody, as plain lines; it may be empty unless it is `needed`. Raises Invalid."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    reason = "".join(letter for letter in plain if letter == "\n" or letter.isprintable()).strip()
    if (needed and not reason) or len(reason) > LONGEST_REASON:
        wrong = f"Say why, in at most {LONGEST_REASON:,} characters. They read it."
        raise Invalid(wrong, {"reason": [wrong]})
    return reason
