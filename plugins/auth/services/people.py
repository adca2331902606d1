"""People and their accounts: finding, adding and renaming them."""

import re
import unicodedata
from collections.abc import Collection

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError

from musicapp import emit
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict, Invalid, NotFound
from plugins.auth.events import PersonRenamed, PersonSignedUp, PersonWaits
from plugins.auth.models import LONGEST_ADDRESS, LONGEST_NAME, User
from plugins.auth.services.roles import role_named

TAKEN = "There is an account with this address already."


def typed_address(text: str) -> str:
    """An address as accounts keep it, whatever somebody typed; not checked."""
    return unicodedata.normalize("NFC", text.replace("\0", "").strip()).lower()[:LONGEST_ADDRESS]


def checked_address(text: str) -> str:
    """A mail address that can be right, as accounts keep it. Raises Invalid; never asks the network."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        address = ""
    if not address or len(address) > LONGEST_ADDRESS:
        sentence = "This is no e-mail address. They look like name@example.org."
        raise Invalid(sentence, {"email": [sentence]})
    return address


def checked_name(text: str) -> str:
    """A name that can be shown on every page. Raises Invalid."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if not name or len(name) > LONGEST_NAME or not all(letter.isprintable() for letter in name):
        sentence = f"A name has 1 to {LONGEST_NAME} characters that can be seen."
        raise Invalid(sentence, {"name": [sentence]})
    return name


def person_with_address(text: str) -> User | None:
    """The person with this address, however it was typed."""
    return db.session.scalar(sa.select(User).where(User.email == typed_address(text)))


def person_with_id(person_id: int) -> User:
    """The person with this id; raises NotFound."""
    user = db.session.get(User, person_id)
    if user is None:
        raise NotFound("There is no such person.")
    return user


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """What the people with these ids go by, in one query; who is gone is missing."""
    if not person_ids:
        return {}
    found = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(person_ids)))
    return {row.id: row.name for row in found}


def named_people() -> sa.Select[int, str]:
    """The ids and names of all people, as a query for others to join."""
    return sa.select(User.id, User.name)


def people_called(name: str, limit: int = 2) -> list[int]:
    """The ids of those who go by exactly this name and may sign in; several people may share one."""
    query = sa.select(User.id).where(
        User.name == unicodedata.normalize("NFC", name.strip()), User.active, User.waits_since.is_(None)
    )
    return list(db.session.scalars(query.order_by(User.id).limit(limit)))


def add_person(
    name: str, address: str, password_hash: str, role: str = "user", *, confirmed: bool = True, waits: bool = False
) -> User:
    """Add an account with a role, or one that `waits` for an approval.

    Raises Conflict when the address has one already, also when two ask at once.
    """
    user = User(name=checked_name(name), email=checked_address(address), password=password_hash)
    user.confirmed_at = now() if confirmed else None
    user.waits_since = now() if waits else None
    try:
        with writing() as unit:
            user.roles = [role_named(role)]
            unit.add(user)
            unit.flush()
            if not waits:
                emit(PersonSignedUp(user.id, user.name, role, confirmed))
            elif confirmed:
                emit(PersonWaits(user.id))
    except IntegrityError:
        raise Conflict(TAKEN, {"email": [TAKEN]}) from None
    return user


def rename(person_id: int, name: str) -> User:
    """Let somebody go by another name."""
    name = checked_name(name)
    with writing():
        user = person_with_id(person_id)
        if user.name != name:
            user.name = name
            emit(PersonRenamed(person_id, name))
    return user
