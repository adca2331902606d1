"""Taking invitations back that an admin sent by a sheet, as long as nobody came in by them."""

import uuid

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Conflict
from musicapp.jobs import enqueue
from musicapp.mail import services as mail
from plugins.auth.events import PersonLeaving
from plugins.auth.models import Leaving, User

USED = "They came in already, so the account stays. It can be closed under People."
GONE = "This account is not there any more."


def uninvite(admin_id: int, person_id: int, name: str, address: str, role: str) -> None:
    """Close an account that was made by an invitation and have it erased; its link and mails end at once.

    Raises Conflict, by the columns of the sheet, where somebody came in or changed it since.
    """
    with writing() as unit:
        user = unit.scalar(sa.select(User).where(User.id == person_id, User.active).with_for_update())
        if user is None:
            raise Conflict(GONE)
        refuse_used(user)
        refuse_changed(user, name, address, role)
        user.active, user.fs_uniquifier = False, uuid.uuid4().hex
        unit.add(Leaving(user_id=person_id, asked_at=now(), erase_at=now()))
        mail.forget_mails_to(person_id, user.email)
        audit.record("auth.invitation_taken_back", about=("person", person_id), by=admin_id)
        emit(PersonLeaving(person_id, now()))
        enqueue("auth.erase_account", {"person_id": person_id}, key=f"{person_id}-uninvited")


def refuse_used(user: User) -> None:
    if user.password or user.confirmed_at is not None or user.last_seen_at is not None:
        raise Conflict(USED)


def refuse_changed(user: User, name: str, address: str, role: str) -> None:
    """Refuse to close an account that an admin changed after it was made."""
    roles = ", ".join(sorted(user.role_names))
    given = {"name": (user.name, name), "email": (user.email, address), "role": (roles, role)}
    other = {column: [f"This is “{stands}” now."] for column, (stands, was) in given.items() if stands != was}
    if other:
        raise Conflict("This account was changed since, so it stays as it is.", other)
