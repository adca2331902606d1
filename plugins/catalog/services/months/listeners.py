"""Who has a month to be told of: listeners whose history is kept, and who heard something in it or just before."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.spans import Span
from plugins.auth.services import named_people
from plugins.catalog.models import Listener, ListenerHour


def listeners_between(span: Span, after_id: int, limit: int) -> list[int]:
    """Their ids, rising, behind an id: who heard music in these days or in those before them."""
    person_id = people().c.id
    query = sa.select(person_id).where(person_id > after_id, heard_between(person_id, span.before_first, span.last))
    off = sa.select(Listener.user_id).where(Listener.user_id == person_id, Listener.keeps_history.is_(False))
    return list(session().scalars(query.where(~off.exists()).order_by(person_id).limit(limit)))


def count_listeners(first: date, last: date) -> int:
    """How many accounts heard something between two days."""
    person_id = people().c.id
    query = sa.select(sa.func.count(person_id)).where(heard_between(person_id, first, last))
    return session().scalar(query) or 0


def people() -> sa.Subquery:
    return named_people().subquery("person")


def heard_between(person_id: sa.ColumnElement[Any], first: date, last: date) -> sa.ColumnElement[bool]:
    heard = sa.select(ListenerHour.user_id).where(
        ListenerHour.user_id == person_id, ListenerHour.day.between(first, last), ListenerHour.heard_ms > 0
    )
    return heard.exists()
