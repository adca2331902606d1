"""Which secret links who asks has opened, and what each of them lets them see.

Services know of no request: whoever keeps the opened links (the session of a browser) gives a function that answers
them, once per app, and `visibility` asks here. They are the hashes of the links' secrets, never numbers, which could
belong to another link later.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

import sqlalchemy as sa
from flask import Flask, current_app

from musicapp.clock import now
from musicapp.database import UtcDateTime
from plugins.catalog.models import ShareLink

KEPT = "catalog_opened_links"
MOST_OPENED = 5
Opened = Callable[[], tuple[str, ...]]
FOR_ANOTHER: ContextVar[bool] = ContextVar("catalog_for_another", default=False)


def ask_who_opened(app: Flask, opened: Opened) -> None:
    """Let an app know the links of who asks by this function."""
    app.extensions[KEPT] = opened


def opened_links() -> tuple[str, ...]:
    """The hashes of the links that who asks has opened, dead ones too."""
    ask: Opened | None = current_app.extensions.get(KEPT)
    return ask()[:MOST_OPENED] if ask and not FOR_ANOTHER.get() else ()


@contextmanager
def without_links() -> Iterator[None]:
    """Look at what somebody else may see than who asks, whose links are not theirs."""
    token = FOR_ANOTHER.set(True)
    try:
        yield
    finally:
        FOR_ANOTHER.reset(token)


def opened_link(place: int) -> str:
    links = opened_links()
    return links[place] if place < len(links) else ""


# Asked anew each time a statement is sent, so that it can be made ready once for everybody.
PLACES = [
    sa.bindparam(f"opened_{place}", callable_=partial(opened_link, place), type_=sa.String)
    for place in range(MOST_OPENED)
]
MOMENT = sa.bindparam("opened_at", callable_=now, type_=UtcDateTime())


def is_alive() -> sa.ColumnElement[bool]:
    """Whether a link has not come to its end."""
    return sa.or_(ShareLink.expires_at.is_(None), ShareLink.expires_at > MOMENT)


def is_opened(kind: str, subject_id: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[bool]:
    """Whether who asks has opened a link to this which still stands: looked up in the very statement that asks."""
    if not opened_links():
        return sa.false()
    subjects = sa.select(ShareLink.subject_id).where(
        ShareLink.subject_kind == sa.literal(kind), ShareLink.secret_sha256.in_(PLACES), is_alive()
    )
    return subject_id.in_(subjects)
