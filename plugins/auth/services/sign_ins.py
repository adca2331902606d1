"""Sign-ins: one row for each browser and each token. Who ends a row ends what points to it, in every process."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, db, writing
from musicapp.errors import NotFound
from plugins.auth.models import SignIn

Kind = Literal["session", "token"]
KEPT_AFTER_END = timedelta(days=90)


def start_sign_in(person_id: int, kind: Kind, device: str, lasts: timedelta, *, name: str | None = None) -> SignIn:
    """Begin a sign-in of a person in a browser or with a token, inside `writing()`."""
    row = SignIn(user_id=person_id, kind=kind, device=device, name=name, expires_at=now() + lasts)
    with writing() as unit:
        unit.add(row)
        unit.flush()
    return row


def end_sign_ins(person_id: int, *, only: str | None = None, but: str | None = None) -> int:
    """End a person's sign-ins: all, one, or all but one; answers how many ended."""
    end = (
        sa.update(SignIn)
        .where(SignIn.user_id == person_id, SignIn.revoked_at.is_(None))
        .values(revoked_at=now())
        .returning(SignIn.id)
    )
    if only is not None:
        end = end.where(SignIn.id == only)
    if but is not None:
        end = end.where(SignIn.id != but)
    with writing() as unit:
        return len(unit.execute(end, execution_options=UNSYNCED).all())


def end_sign_in(person_id: int, sign_in_id: str) -> None:
    """End one sign-in of a person; raises NotFound for another's and for one that has ended."""
    if not end_sign_ins(person_id, only=sign_in_id):
        raise NotFound("There is no such sign-in of yours, or it has ended already.")


def sign_ins_of(person_id: int) -> Sequence[SignIn]:
    """Where somebody is signed in now, the latest used first; tokens that they named themselves are left out."""
    return living(person_id, SignIn.name.is_(None))


def named_tokens_of(person_id: int) -> Sequence[SignIn]:
    """The tokens that somebody made and named, the latest used first."""
    return living(person_id, SignIn.name.is_not(None))


def all_sign_ins_of(person_id: int) -> Sequence[SignIn]:
    """Every browser and token that somebody is signed in with now, the latest used first."""
    return living(person_id, sa.true())


def living(person_id: int, which: sa.ColumnElement[bool]) -> Sequence[SignIn]:
    query = (
        sa.select(SignIn)
        .where(SignIn.user_id == person_id, SignIn.revoked_at.is_(None), SignIn.expires_at > now(), which)
        .order_by(SignIn.last_used_at.desc(), SignIn.id)
        .limit(200)
    )
    return db.session.scalars(query).all()


def began_with_password(sign_in_id: str, since: datetime) -> bool:
    """Whether a sign-in began after this moment, and by logging in: no password was typed for a token with a name."""
    query = sa.select(SignIn.id).where(SignIn.id == sign_in_id, SignIn.created_at > since, SignIn.name.is_(None))
    return db.session.scalar(query) is not None


def forget_ended(at: datetime) -> None:
    """Delete the rows of sign-ins that ended long ago."""
    with writing() as unit:
        unit.execute(sa.delete(SignIn).where(SignIn.expires_at < at - KEPT_AFTER_END))
