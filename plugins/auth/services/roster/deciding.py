"""What an admin decides of somebody's account, and of whom they may not: nobody raises themselves."""

from datetime import datetime

from musicapp import audit
from musicapp.database import writing
from musicapp.errors import Forbidden
from plugins.auth.services.people import person_with_id
from plugins.auth.services.person import Person
from plugins.auth.services.roles import give_role, take_role
from plugins.auth.services.sign_ins import end_sign_ins
from plugins.auth.services.suspending import checked_reason, suspend


def give(admin: Person, person_id: int, role: str) -> None:
    """Give somebody else a role. Raises Forbidden for oneself."""
    if person_id == admin.id:
        raise Forbidden("Nobody gives a role to themselves. Ask another admin.")
    give_role(person_id, role)


def take(person_id: int, role: str) -> None:
    """Take a role from somebody; an admin may step down while there is another. Raises Conflict for the last admin."""
    person_with_id(person_id)
    take_role(person_id, role)


def keep_out(admin: Person, person_id: int, until: datetime, reason: str) -> None:
    """Suspend somebody else, and tell them why. Raises Forbidden for oneself, Conflict for the last admin, Invalid."""
    if person_id == admin.id:
        raise Forbidden("Nobody suspends themselves. Ask another admin.")
    suspend(person_id, until, checked_reason(reason))


def sign_out_everywhere(person_id: int) -> int:
    """End all browsers and tokens of somebody; answers how many."""
    with writing():
        person_with_id(person_id)
        ended = end_sign_ins(person_id)
        audit.record("auth.signed_out", about=("person", person_id), sign_ins=ended)
    return ended
