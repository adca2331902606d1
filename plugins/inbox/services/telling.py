"""Telling people: one alert for each of them, once, by the ways that they chose."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from musicapp.mail import Posting, post_many
from plugins.inbox.models import Alert
from plugins.inbox.services.kinds import AlertKind, kind_of_alert
from plugins.inbox.services.preferences import ways_of

BATCH = 1_000
MAIL = "inbox.alert"


def tell(
    person_ids: Iterable[int],
    kind: str,
    *,
    key: str,
    text: str,
    url: str = "",
    picture_url: str = "",
    by_id: int | None = None,
) -> None:
    """Tell people something, inside `writing()`: a sentence, where it leads on this site, and a small picture.

    Whoever was told something with this `key` is not told again, and who caused it (`by_id`) is never told. Raises
    LookupError for a kind that no running plugin declares.
    """
    of = kind_of_alert(kind)
    told = sorted(set(person_ids) - {by_id})
    said = {"kind": kind, "key": key, "text": text, "url": url, "picture_url": picture_url}
    with writing():
        for first in range(0, len(told), BATCH):
            tell_batch(told[first : first + BATCH], of, said)


def tell_batch(person_ids: Sequence[int], kind: AlertKind, said: dict[str, Any]) -> None:
    """Insert the alerts of some people at once, and note the mails that are due for those that are new."""
    ways = {person_id: way for person_id, way in ways_of(person_ids, kind).items() if way.page or way.email}
    moment = now()
    rows = [
        # What somebody wants by mail alone never counts as unread.
        {**said, "user_id": user_id, "created_at": moment, "on_page": way.page, "read_at": None if way.page else moment}
        for user_id, way in ways.items()
    ]
    if not rows:
        return
    insert = insert_for(Alert).on_conflict_do_nothing().returning(Alert.id, Alert.user_id)
    new = session().execute(insert, rows).all()
    mails = [
        Posting({"alert_id": alert_id}, key=mail_key(alert_id, moment), person_id=person_id)
        for alert_id, person_id in new
        if ways[person_id].email
    ]
    post_many(MAIL, mails)


def mail_key(alert_id: int, made_at: datetime) -> str:
    """By which an alert's mail is known: with its moment, for it may have the number of one that is gone for ever."""
    return f"{alert_id}-{made_at.isoformat()}"
