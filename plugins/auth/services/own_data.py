"""What this plugin itself holds of a person, without any secret: their account, where they signed in, mails."""

from collections.abc import Iterator

import sqlalchemy as sa

from musicapp.belongings import one_as_json, rows_as_files
from musicapp.database import session
from musicapp.mail import services as mail
from plugins.auth.models import DataCopy, Role, SignIn, User, UserRole
from plugins.auth.services.copies.clearing import remove_all_of
from plugins.auth.services.points import Content

WHAT = (User.id, User.name, User.email, User.created_at, User.confirmed_at, User.last_seen_at, User.suspended_until)


def own_data(person_id: int) -> Iterator[tuple[str, Content]]:
    """The files of somebody's account."""
    row = session().execute(sa.select(*WHAT).where(User.id == person_id)).one()
    roles = sa.select(Role.name).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == person_id)
    account = {**row._mapping, "roles": list(session().scalars(roles.order_by(Role.name)))}
    yield "account/account.json", one_as_json(account)
    yield from rows_as_files("account/sign-ins", sign_ins(person_id))
    yield from rows_as_files("account/copies-of-my-data", copies(person_id))


def sign_ins(person_id: int) -> sa.Select[*tuple[object, ...]]:
    """Browsers and tokens, without what they sign in with."""
    columns = (SignIn.kind, SignIn.name, SignIn.device, SignIn.created_at, SignIn.last_used_at)
    query = sa.select(*columns, SignIn.expires_at, SignIn.revoked_at.label("ended_at"))
    return query.where(SignIn.user_id == person_id).order_by(SignIn.created_at, SignIn.id)


def copies(person_id: int) -> sa.Select[*tuple[object, ...]]:
    columns = (DataCopy.state, DataCopy.size_bytes, DataCopy.created_at, DataCopy.ready_at, DataCopy.expires_at)
    return sa.select(*columns).where(DataCopy.user_id == person_id).order_by(DataCopy.id)


def erase_own(person_id: int) -> None:
    """Delete what the database would leave of somebody: their copies' files, and every mail to them."""
    remove_all_of(person_id)
    address = session().scalar(sa.select(User.email).where(User.id == person_id))
    if address is not None:
        mail.forget_mails_to(person_id, address)
