"""Making invitations and taking them back."""

import uuid
from datetime import timedelta

import sqlalchemy as sa

from musicapp import audit
from musicapp.blocks import Section, Words
from musicapp.blocks.mail import render
from musicapp.clock import now
from musicapp.database import UNSYNCED, db, writing
from musicapp.errors import Conflict, Invalid, NotFound
from musicapp.mail import Letter, post
from musicapp.pages import day
from musicapp.site.stored_settings import site_settings
from plugins.auth.models import Invitation
from plugins.auth.models.invitations import LONGEST_NOTE
from plugins.auth.services.invitations.links import link_of
from plugins.auth.services.invitations.using import is_open
from plugins.auth.services.inviting import checked_role
from plugins.auth.services.people import TAKEN, checked_address, person_with_address

MOST_PLACES = 1_000
MOST_DAYS = 365
SUBJECT = "You are invited"


def make_invitation(
    admin_id: int | None, role: str, *, places: int = 1, days: int = 14, address: str = "", note: str = ""
) -> Invitation:
    """A link by which so many people may sign up in the days to come, each with this role.

    With an `address` one person may use it, by that address alone; on a site with mail it is sent there. Raises
    Invalid by field, Conflict for an address that has an account.
    """
    role = checked_role(role)
    bounded("places", places, MOST_PLACES)
    bounded("days", days, MOST_DAYS)
    address = checked_address(address) if address.strip() else ""
    if address and places > 1:
        one = "An invitation for one address is for one person."
        raise Invalid(one, {"places": [one]})
    note = " ".join(note.replace("\0", "").split())[:LONGEST_NOTE]
    invitation = Invitation(
        role=role,
        places=places,
        address=address,
        note=note,
        made_by_id=admin_id,
        expires_at=now() + timedelta(days=days),
    )
    with writing() as unit:
        if address and person_with_address(address):
            raise Conflict(TAKEN, {"email": [TAKEN]})
        unit.add(invitation)
        unit.flush()
        about = ("invitation", invitation.id)
        audit.record("auth.invitation_made", about=about, role=role, places=places, days=days)
        if address:
            post("auth.invitation", {"invitation_id": invitation.id}, key=uuid.uuid4().hex, address=address)
    return invitation


def bounded(field: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        wrong = f"This must be from 1 to {most:,}."
        raise Invalid(wrong, {field: [wrong]})


def revoke_invitation(invitation_id: int) -> None:
    """Let nobody use an invitation any more; who did stays. Raises NotFound, or Conflict for one that has ended."""
    with writing() as unit:
        change = sa.update(Invitation).where(Invitation.id == invitation_id, is_open()).values(revoked_at=now())
        ended = unit.execute(change.returning(Invitation.id), execution_options=UNSYNCED)
        if ended.first() is None:
            if unit.get(Invitation, invitation_id) is None:
                raise NotFound("There is no such invitation.")
            raise Conflict("This invitation has ended already.")
        audit.record("auth.invitation_revoked", about=("invitation", invitation_id))


def write_invitation(invitation_id: int) -> Letter | None:
    """The letter with the link, to the address that an invitation is for; none when it has ended by then."""
    invitation = db.session.scalar(sa.select(Invitation).where(Invitation.id == invitation_id, is_open()))
    if invitation is None:
        return None
    site = site_settings().name
    said = Words(f"You may make an account on {site}.", link_of(invitation), "Make my account")
    until = Words(f"The link is for your address alone, and good until {day(invitation.expires_at)}.")
    rendered = render(SUBJECT, [Section("", [said, until])], intro="Hello,")
    subject = f"{SUBJECT} – {site}"
    return Letter(invitation.address, subject, rendered.text, rendered.html, pictures=rendered.pictures)
