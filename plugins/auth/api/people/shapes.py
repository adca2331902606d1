"""What the API takes and gives of people, for those who run the site."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from musicapp.api import Body, PageQuery
from plugins.auth.models.invitations import LONGEST_NOTE
from plugins.auth.services.invitations.links import link_of
from plugins.auth.services.invitations.listing import InvitationRow, State
from plugins.auth.services.invitations.making import MOST_DAYS, MOST_PLACES
from plugins.auth.services.roster.looking import Known
from plugins.auth.services.roster.searching import LONGEST_SEARCH, Held, PersonRow, Sought
from plugins.auth.services.suspending import LONGEST_REASON
from plugins.auth.shapes import Address

RoleName = Literal["admin", "moderator", "artist", "user"]
Reason = Annotated[str, StringConstraints(max_length=LONGEST_REASON)]


class PeopleQuery(PageQuery):
    """Which people are listed."""

    q: str = Field("", max_length=LONGEST_SEARCH, description="Words that stand in the name or the address.")
    role: RoleName | None = None
    held: Held | None = Field(None, description="What keeps them from coming in.")
    invitation: int | None = Field(None, ge=1, lt=2**31, description="By which they signed up.")

    def sought(self) -> Sought:
        return Sought(self.q, self.role or "", self.held, self.invitation)


class SuspendBody(Body):
    """For how long: `days`, or `until` the end of a day; and why."""

    days: int | None = Field(None, ge=1, le=3650)
    until: date | None = None
    reason: Reason


class RefuseBody(Body):
    reason: Reason = ""


class ResetBody(Body):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)]


class InvitationsQuery(PageQuery):
    """Which invitations are listed."""

    of: State = "open"


class InvitationBody(Body):
    role: Literal["user", "artist", "moderator"] = "user"
    places: int = Field(1, ge=1, le=MOST_PLACES, description="How many people may use it.")
    days: int = Field(14, ge=1, le=MOST_DAYS, description="Days that it is good for.")
    email: Address = Field("", description="The only address that may use it; it is mailed there.")
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""


class PersonShape(BaseModel):
    id: int
    name: str
    email: str
    roles: list[str]
    held: list[str]
    created_at: datetime
    confirmed_at: datetime | None
    last_seen_at: datetime | None
    suspended_until: datetime | None
    suspended_for: str
    waits_since: datetime | None


class KnownShape(PersonShape):
    """A person with the invitation by which they came, and since when a second factor is on."""

    invitation_id: int | None
    second_factor_since: datetime | None


class SignInShape(BaseModel):
    kind: str
    device: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class GuestShape(BaseModel):
    id: int
    name: str


class InvitationShape(BaseModel):
    id: int
    state: str
    role: str
    places: int
    used: int
    email: str
    note: str
    created_at: datetime
    expires_at: datetime
    link: str | None
    guests: list[GuestShape]


def person_shape(person: PersonRow) -> PersonShape:
    return PersonShape(**{name: getattr(person, name) for name in PersonShape.model_fields})


def known_shape(known: Known) -> KnownShape:
    said = person_shape(known.person).model_dump()
    invitation_id = known.invited.id if known.invited else None
    return KnownShape(**said, invitation_id=invitation_id, second_factor_since=known.second_factor_since)


def invitation_shape(row: InvitationRow) -> InvitationShape:
    """An invitation; its link only while somebody can use it, the first few who did."""
    one = row.invitation
    return InvitationShape(
        id=one.id,
        state=row.state,
        role=one.role,
        places=one.places,
        used=one.used,
        email=one.address,
        note=one.note,
        created_at=one.created_at,
        expires_at=one.expires_at,
        link=link_of(one) if row.state == "open" else None,
        guests=[GuestShape(id=guest.id, name=guest.name) for guest in row.guests],
    )
