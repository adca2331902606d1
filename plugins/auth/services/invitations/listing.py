"""The invitations that were made, for those who run the site: how far each is used, and by whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from plugins.auth.models import Invitation, InvitationUse, User
from plugins.auth.services.invitations.using import is_open

State = Literal["open", "ended"]
NAMED = 5
NEWEST = Order("newest", Invitation.id, Invitation.id, descending=True)


@dataclass(frozen=True)
class Guest:
    """Somebody who signed up by an invitation."""

    id: int
    name: str


@dataclass(frozen=True)
class InvitationRow:
    """An invitation in a list; `guests` are the first few who used it, `made_by` is None once they are gone."""

    invitation: Invitation
    made_by: str | None
    guests: list[Guest] = field(default_factory=list)

    @property
    def state(self) -> str:
        """`open`, or why it has ended: `revoked`, `used` or `expired`."""
        one = self.invitation
        if one.revoked_at is not None:
            return "revoked"
        if one.used >= one.places:
            return "used"
        return "open" if one.expires_at > now() else "expired"


def invitations(state: State, *, limit: int = 50, cursor: str | None = None) -> Page[InvitationRow]:
    """The invitations that can be used, or those that have ended, the newest first; two statements."""
    which = is_open() if state == "open" else ~is_open()
    page = page_of(rows_where(which), NEWEST, row_of, limit=limit, cursor=cursor)
    return Page(with_guests(page.rows), page.next)


def invitation_row(invitation_id: int) -> InvitationRow | None:
    """One invitation as in the list."""
    found = session().execute(rows_where(Invitation.id == invitation_id)).first()
    return with_guests([row_of(found)])[0] if found else None


def rows_where(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns: list[Any] = [Invitation, User.name]
    return sa.select(*columns).outerjoin(User, User.id == Invitation.made_by_id).where(which)


def row_of(found: Any) -> InvitationRow:
    return InvitationRow(found[0], found[1])


def with_guests(rows: Sequence[InvitationRow]) -> list[InvitationRow]:
    """The rows with the first who used each."""
    place = sa.func.row_number().over(partition_by=InvitationUse.invitation_id, order_by=InvitationUse.user_id)
    numbered = (
        sa.select(InvitationUse.invitation_id, InvitationUse.user_id, place.label("place"))
        .where(InvitationUse.invitation_id.in_([row.invitation.id for row in rows]))
        .subquery()
    )
    query = (
        sa.select(numbered.c.invitation_id, User.id, User.name)
        .join(User, User.id == numbered.c.user_id)
        .where(numbered.c.place <= NAMED)
        .order_by(numbered.c.place)
    )
    guests = defaultdict(list)
    for invitation_id, person_id, name in session().execute(query) if rows else ():
        guests[invitation_id].append(Guest(person_id, name))
    return [InvitationRow(row.invitation, row.made_by, guests[row.invitation.id]) for row in rows]
