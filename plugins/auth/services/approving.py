"""Accounts that wait until who runs the site says yes or no."""

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.database import db, writing
from musicapp.errors import Conflict
from musicapp.mail import services as mail
from plugins.auth.events import PersonRefused, PersonSignedUp
from plugins.auth.models import Erased, User
from plugins.auth.services.second_factor import STAFF
from plugins.auth.services.standing_letters import post_refusal, post_standing
from plugins.auth.services.suspending import checked_reason, locked_person


def approve(person_id: int) -> User:
    """Let somebody have the account that they asked for. Raises Conflict where somebody else decided before."""
    with writing():
        user = waiting_person(person_id)
        user.waits_since = None
        audit.record("auth.approved", about=("person", person_id))
        post_standing("approved", user)
        emit(PersonSignedUp(user.id, user.name, role_asked(user), user.confirmed_at is not None))
    return user


def role_asked(user: User) -> str:
    """The role that somebody has of their own, beside those of staff that they may have been given."""
    return min(user.role_names - STAFF, default="user")


def refuse(person_id: int, reason: str = "") -> None:
    """Give somebody no account, and keep nothing of it, nor of earlier mails to them; they are told why.

    Raises Invalid for a reason that is too long, Conflict where somebody else decided before.
    """
    reason = checked_reason(reason, needed=False)
    with writing() as unit:
        user = waiting_person(person_id)
        audit.record("auth.refused", about=("person", person_id), reason=reason)
        mail.forget_mails_to(person_id, user.email)
        post_refusal(user.email, reason)
        unit.add(Erased(person_id=person_id))
        unit.delete(user)
        emit(PersonRefused(person_id))


def waiting_person(person_id: int) -> User:
    user = locked_person(person_id)
    if user.waits_since is None:
        raise Conflict("This account does not wait any more: somebody else was first.")
    return user


def waiting_count() -> int:
    """How many accounts wait."""
    waiting = sa.select(sa.func.count()).select_from(User).where(User.waits_since.is_not(None))
    return db.session.execute(waiting).scalar_one()
