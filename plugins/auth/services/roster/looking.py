"""One person as those who run the site see them: what is known, how they log in, and by which invitation they came."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.auth.models import Invitation, InvitationUse, SecondFactor, User
from plugins.auth.services.roster.searching import COLUMNS, PersonRow, row_of


@dataclass(frozen=True)
class InvitedBy:
    """The invitation by which somebody signed up, and who made it; None once they are gone."""

    id: int
    note: str
    made_by_id: int | None
    made_by: str | None


@dataclass(frozen=True)
class Known:
    """What the site knows of one person."""

    person: PersonRow
    invited: InvitedBy | None
    second_factor_since: datetime | None


def known_of(person_id: int) -> Known:
    """What is known of somebody, by one statement; raises NotFound."""
    host = sa.orm.aliased(User)
    query = (
        sa.select(*COLUMNS, Invitation.id, Invitation.note, Invitation.made_by_id, host.name, SecondFactor.confirmed_at)
        .outerjoin(InvitationUse, InvitationUse.user_id == User.id)
        .outerjoin(Invitation, Invitation.id == InvitationUse.invitation_id)
        .outerjoin(host, host.id == Invitation.made_by_id)
        .outerjoin(SecondFactor, SecondFactor.user_id == User.id)
        .where(User.id == person_id)
    )
    found = session().execute(query).first()
    if found is None:
        raise NotFound("There is no such person.")
    *invited, second_factor_since = tuple(found)[len(COLUMNS) :]
    return Known(row_of(found), InvitedBy(*invited) if invited[0] is not None else None, second_factor_since)
