"""Ending a kind of mail by the link in it: signed for one person and one kind, so that it works without a log-in."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from musicapp.database import writing
from musicapp.errors import Conflict, NotFound
from plugins.auth.services import person_with_id
from plugins.inbox.services.kinds import AlertKind, kind_of_alert
from plugins.inbox.services.preferences import keep_preference


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="inbox.unsubscribe")


def unsubscribe_token(person_id: int, kind: str) -> str:
    """What the links of a mail of this kind to this person carry; it never expires, as mails are kept for years."""
    return str(signer().dumps([person_id, kind]))


def kind_of_token(token: str) -> tuple[int, AlertKind]:
    """Whom a link was made for, and the kind that it ends; raises NotFound for one that the site did not make."""
    try:
        person_id, name = signer().loads(token)
        return person_with_id(person_id).id, kind_of_alert(name)
    except (BadSignature, LookupError):
        raise NotFound("This link is not whole, or what it spoke of is no longer here.") from None


def unsubscribe(token: str) -> AlertKind:
    """Mail this kind to this person no more; in the inbox it stays as it is. Raises Conflict for what nobody ends."""
    person_id, kind = kind_of_token(token)
    if kind.always:
        raise Conflict(why_it_stays(kind))
    with writing():
        keep_preference(person_id, kind.name, "email", wanted=False)
    return kind


def why_it_stays(kind: AlertKind) -> str:
    """What is said to who wants to end mails that everybody gets; "" for those that can be ended."""
    return f"{kind.title}: everybody gets these mails as long as they have an account here." if kind.always else ""
