"""Using an invitation: one place for each account, however many ask at once."""

import sqlalchemy as sa

from musicapp import audit
from musicapp.clock import now
from musicapp.database import UNSYNCED, session
from musicapp.errors import Invalid
from plugins.auth.models import Invitation, InvitationUse
from plugins.auth.services.invitations.links import read_code

DEAD = "This invitation does not work: it was used up or taken back, or is too old. Ask for another one."
NOT_YOURS = "This invitation is for another address."


def is_open() -> sa.ColumnElement[bool]:
    """That somebody may still use an invitation."""
    return sa.and_(Invitation.used < Invitation.places, Invitation.revoked_at.is_(None), Invitation.expires_at > now())


def open_invitation(code: str) -> Invitation:
    """The invitation of a code; raises Invalid for one that nobody may use any more."""
    named = read_code(code)
    found = None
    if named is not None:
        which = sa.and_(Invitation.id == named[0], Invitation.stamp == named[1], is_open())
        found = session().scalar(sa.select(Invitation).where(which))
    if found is None:
        raise Invalid(DEAD, {"invitation": [DEAD]})
    return found


def refuse_other_address(invitation: Invitation, address: str) -> None:
    if invitation.address and invitation.address != address:
        raise Invalid(NOT_YOURS, {"email": [NOT_YOURS]})


def take_place(invitation: Invitation) -> None:
    """Take one place of an invitation, inside `writing()`; raises Invalid when there is none left."""
    take = (
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, is_open())
        .values(used=Invitation.used + 1)
        .returning(Invitation.id)
    )
    if session().execute(take, execution_options=UNSYNCED).first() is None:
        raise Invalid(DEAD, {"invitation": [DEAD]})


def note_use(invitation: Invitation, person_id: int) -> None:
    """Note by which invitation somebody signed up, inside `writing()`."""
    session().add(InvitationUse(user_id=person_id, invitation_id=invitation.id))
    about = ("person", person_id)
    audit.record("auth.invitation_used", about=about, by=None, invitation=invitation.id, role=invitation.role)
