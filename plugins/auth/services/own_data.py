"""What this plugin itself holds of a person, without any secret: their account, where they signed in, mails."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.audit.models import Act
from musicapp.audit.reading import PERSON
from musicapp.belongings import one_as_json, rows_as_files
from musicapp.database import UNSYNCED, session, writing
from musicapp.mail import services as mail
from musicapp.mail.models import Mail
from plugins.auth.models import DataCopy, Invitation, RecoveryCode, Role, SecondFactor, SignIn, User, UserRole
from plugins.auth.services.copies.clearing import remove_all_of
from plugins.auth.services.points import Content

WHAT = (
    *(User.id, User.name, User.email, User.created_at, User.confirmed_at, User.last_seen_at),
    *(User.suspended_until, User.suspended_for),
)
Rows = sa.Select[*tuple[Any, ...]]


def own_data(person_id: int) -> Iterator[tuple[str, Content]]:
    """The files of somebody's account."""
    yield "account/account.json", one_as_json(account(person_id))
    yield from rows_as_files("account/sign-ins", sign_ins(person_id))
    yield from rows_as_files("account/mails", mails(person_id))
    yield from rows_as_files("account/acts", acts(person_id))
    yield from rows_as_files("account/acts-about-me", acts_about(person_id))
    yield from rows_as_files("account/invitations", invitations(person_id))
    yield from rows_as_files("account/copies-of-my-data", copies(person_id))


def account(person_id: int) -> dict[str, Any]:
    """The account with its roles, and whether a second factor protects it; not by which secret."""
    row = session().execute(sa.select(*WHAT).where(User.id == person_id)).one()
    roles = sa.select(Role.name).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == person_id)
    since = sa.select(SecondFactor.confirmed_at).where(SecondFactor.user_id == person_id)
    codes = sa.select(sa.func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == person_id)
    return {
        **row._mapping,
        "roles": list(session().scalars(roles.order_by(Role.name))),
        "second_factor": {"since": session().scalar(since), "recovery_codes_left": session().scalar(codes)},
    }


def sign_ins(person_id: int) -> Rows:
    """Browsers and tokens, without what they sign in with."""
    columns = (SignIn.kind, SignIn.name, SignIn.device, SignIn.created_at, SignIn.last_used_at)
    query = sa.select(*columns, SignIn.expires_at, SignIn.revoked_at.label("ended_at"))
    return query.where(SignIn.user_id == person_id).order_by(SignIn.created_at, SignIn.id)


def mails(person_id: int) -> Rows:
    """What was mailed to somebody, as long as the outbox keeps it."""
    columns = (Mail.kind, Mail.state, Mail.address, Mail.subject, Mail.created_at, Mail.sent_at)
    return sa.select(*columns).where(Mail.person_id == person_id).order_by(Mail.id)


def acts(person_id: int) -> Rows:
    """What the audit log says that somebody did."""
    columns = (Act.at, Act.action, Act.about_kind, Act.about_id, Act.title, Act.reason)
    return sa.select(*columns).where(Act.by_id == person_id).order_by(Act.id)


def acts_about(person_id: int) -> Rows:
    """What the audit log says was done to somebody, not by whom; nor how they proved themselves who lost a second
    factor, which is a note among those who run the site."""
    reason = sa.case((Act.action == "auth.second_factor_reset", ""), else_=Act.reason).label("reason")
    theirs = (Act.about_kind == PERSON, Act.about_id == person_id)
    return sa.select(Act.at, Act.action, reason).where(*theirs).order_by(Act.id)


def invitations(person_id: int) -> Rows:
    """The invitations that somebody made, without the links."""
    of = Invitation
    columns = (of.role, of.places, of.used, of.address, of.note, of.created_at, of.expires_at, of.revoked_at)
    return sa.select(*columns).where(of.made_by_id == person_id).order_by(of.id)


def copies(person_id: int) -> Rows:
    columns = (DataCopy.state, DataCopy.size_bytes, DataCopy.created_at, DataCopy.ready_at, DataCopy.expires_at)
    return sa.select(*columns).where(DataCopy.user_id == person_id).order_by(DataCopy.id)


def erase_own(person_id: int) -> None:
    """Delete what the database would leave of somebody: their copies' files, mails, invitations to their address."""
    remove_all_of(person_id)
    address = session().scalar(sa.select(User.email).where(User.id == person_id))
    if address is None:
        return
    mail.forget_mails_to(person_id, address)
    with writing() as unit:
        to_them = sa.func.lower(Invitation.address) == address
        unit.execute(sa.delete(Invitation).where(to_them), execution_options=UNSYNCED)
