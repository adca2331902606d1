"""Whose account is closed because they deleted it, and what they decided."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Forbidden
from musicapp.pages import moment
from plugins.auth.models import Leaving, User


class IsLeaving(Forbidden):
    """Told to who proved who they are: their account is closed, and they may take that back until `erase_at`.

    `stamp` is of the password by which they proved it, not of one that was set since.
    """

    def __init__(self, person_id: int, stamp: str, erase_at: datetime) -> None:
        super().__init__(
            f"You deleted this account. Until {moment(erase_at)} you can take that back; then it is erased."
        )
        self.person_id = person_id
        self.stamp = stamp
        self.erase_at = erase_at


def leaving_of(person_id: int) -> Leaving | None:
    """When somebody deleted their account and what they decided; None for who stays."""
    return session().get(Leaving, person_id)


def leaving_among(person_ids: Collection[int]) -> dict[int, datetime]:
    """Who of some people deleted their account, and when it is erased."""
    rows = sa.select(Leaving.user_id, Leaving.erase_at).where(Leaving.user_id.in_(person_ids))
    return dict(session().execute(rows).all())


def answer_of(person_id: int, key: str) -> str:
    """What somebody who leaves said to a question; "" where they were not asked it."""
    standing = leaving_of(person_id)
    return standing.answers.get(key, "") if standing is not None else ""


def has_account() -> sa.ColumnElement[bool]:
    """Whether an account is in use, or was deleted and can still be taken back."""
    return sa.or_(User.active, sa.exists().where(Leaving.user_id == User.id))
