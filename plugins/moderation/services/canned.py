"""Reasons that moderators write again and again, kept to be chosen."""

from collections.abc import Sequence
from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp import audit
from musicapp.database import insert_for, session, writing
from musicapp.errors import Invalid, NotFound
from plugins.moderation.models import CannedReason
from plugins.moderation.models.canned import LONGEST_CANNED_TITLE
from plugins.moderation.services.words import ACTIONS, LONGEST_REASON, checked_words

NOT_THERE = "This reason is no longer kept."
MOST = 100


def canned_reasons() -> Sequence[CannedReason]:
    """All kept reasons by their titles."""
    return session().scalars(sa.select(CannedReason).order_by(CannedReason.title)).all()


def canned_reason(reason_id: int) -> CannedReason:
    """One kept reason; raises NotFound."""
    found = session().get(CannedReason, reason_id)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def keep_reason(title: str, action: str, words: str) -> None:
    """Keep a reason to be chosen; raises Invalid by field."""
    title, words = checked_reason(title, action, words)
    with writing():
        if (session().scalar(sa.select(sa.func.count()).select_from(CannedReason)) or 0) >= MOST:
            raise Invalid(f"There are {MOST} kept reasons already. Take one out first.")
        new = insert_for(CannedReason).values(title=title, action=action, words=words).on_conflict_do_nothing()
        if session().scalar(new.returning(CannedReason.id)) is None:
            refuse_title()
        audit.record("moderation.reason_kept", title=title)


def change_reason(reason_id: int, title: str, action: str, words: str) -> None:
    """Change a kept reason; raises Invalid by field, NotFound."""
    title, words = checked_reason(title, action, words)
    try:
        with writing():
            reason = canned_reason(reason_id)
            reason.title, reason.action, reason.words = title, action, words
            audit.record("moderation.reason_changed", title=title)
    except IntegrityError:
        refuse_title()


def drop_reason(reason_id: int) -> None:
    """Keep a reason no longer; what was decided with it stays as it is. Raises NotFound."""
    with writing() as unit:
        reason = canned_reason(reason_id)
        audit.record("moderation.reason_dropped", title=reason.title)
        unit.delete(reason)


def checked_reason(title: str, action: str, words: str) -> tuple[str, str]:
    """A title and words as they are kept; raises Invalid by field."""
    if action not in ("", *ACTIONS):
        raise Invalid("Choose a decision.", {"action": ["Choose a decision, or any."]})
    return checked_words(title, "title", LONGEST_CANNED_TITLE), checked_words(words, "words", LONGEST_REASON)


def refuse_title() -> NoReturn:
    sentence = "Another reason is called so. Choose another name."
    raise Invalid(sentence, {"title": [sentence]})
