"""Inviting people: accounts that an admin makes from a sheet, each with a mail for its owner to choose a password."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp import audit
from musicapp.database import db, writing
from musicapp.errors import Invalid, Unavailable
from musicapp.mail import sends_mail
from musicapp.sheets import Column, Value
from musicapp.sheets.plans import Change, Row
from plugins.auth.models import ROLES, User
from plugins.auth.services.letters import post_letter
from plugins.auth.services.people import add_person, checked_address, checked_name

COLUMNS = [
    Column("name", "What they go by on the site; everybody sees it."),
    Column("email", "Their address, to which the invitation goes. Who has an account already stays as they are."),
    Column("role", "user, artist or moderator; empty: user."),
]
TO_GIVE = tuple(role for role in ROLES if role != "admin")
NO_MAIL = "This site sends no mail, so nobody could be told how to come in. Give it a mail server first."
ADMIN = "Nobody becomes an admin by an invitation. Invite them as something else, and make them one under People."
ADDRESSES_AT_ONCE = 500


def plan_invitations(rows: Sequence[Row]) -> list[Change]:
    """Whom each row would invite; who has an account is left alone. Raises Unavailable on a site without mail."""
    if not sends_mail():
        raise Unavailable(NO_MAIL)
    addresses = [address_of(row) for row in rows]
    known = known_among([address for address, _ in addresses if address])
    first: dict[str, int] = {}
    changes = []
    for row, (address, problem) in zip(rows, addresses, strict=True):
        if address in known:
            changes.append(Change(row.number, address, "nothing"))
        elif address in first:
            again = f"Row {first[address]} has this address already."
            changes.append(Change(row.number, address, "nothing", problems={"email": again}))
        else:
            changes.append(invitation(row, address, problem))
            first |= {address: row.number} if address else {}
    return changes


def address_of(row: Row) -> tuple[str, str]:
    """The address in a row as accounts keep it, or "" and what is wrong with it."""
    try:
        return checked_address(str(row.values.get("email") or "")), ""
    except Invalid as refused:
        return "", refused.sentence


def invitation(row: Row, address: str, problem: str) -> Change:
    """What a row would do for somebody who has no account."""
    problems = {"email": problem} if problem else {}
    name, role = str(row.values.get("name") or ""), role_said(row.values.get("role"))
    try:
        name = checked_name(name)
    except Invalid as refused:
        problems["name"] = refused.sentence
    try:
        checked_role(role)
    except Invalid as refused:
        problems["role"] = refused.sentence
    payload = {"name": name, "email": address, "role": role}
    changed = [(column, "", said) for column, said in payload.items() if said]
    return Change(row.number, address or name, "nothing" if problems else "add", changed, problems, payload)


def checked_role(role: str) -> str:
    """A role that somebody may be invited with; raises Invalid for admins, whom another admin makes by hand."""
    if role not in TO_GIVE:
        wrong = ADMIN if role == "admin" else f"There is no role “{role}”; there are {', '.join(TO_GIVE)}."
        raise Invalid(wrong, {"role": [wrong]})
    return role


def role_said(cell: Value) -> str:
    return " ".join(str(cell or "user").casefold().split())


def known_among(addresses: Sequence[str]) -> set[str]:
    """Those of these addresses that have an account."""
    known: set[str] = set()
    for start in range(0, len(addresses), ADDRESSES_AT_ONCE):
        some = User.email.in_(addresses[start : start + ADDRESSES_AT_ONCE])
        known.update(db.session.scalars(sa.select(User.email).where(some)))
    return known


def invite(name: str, address: str, role: str) -> User:
    """Make an account that nobody can enter before its owner chose a password by a mailed link.

    Raises Conflict when the address has one by now, Invalid for a role that no sheet gives.
    """
    checked_role(role)
    with writing():
        user = add_person(name, address, "", role, confirmed=False)
        audit.record("auth.person_invited", about=("person", user.id), role=role)
        post_letter("invited", user.email)
    return user
