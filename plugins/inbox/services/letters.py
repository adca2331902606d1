"""Letters: alerts by mail for those who asked for them, each with a way to end its kind by one click."""

import sqlalchemy as sa
from flask import render_template, url_for

from musicapp.database import session
from musicapp.mail import Letter
from musicapp.site.stored_settings import site_settings
from plugins.auth.services import person_with_id
from plugins.inbox.models import Alert
from plugins.inbox.services.kinds import kind_of_alert
from plugins.inbox.services.preferences import ways_of
from plugins.inbox.services.unsubscribing import unsubscribe_token

LONGEST_SUBJECT = 100


def write_letter(alert_id: int) -> Letter | None:
    """The letter of an alert; none when it is gone, or its person is, or does not want it by mail any more."""
    alert = session().execute(sa.select(Alert.user_id, Alert.kind, Alert.text, Alert.url).where(Alert.id == alert_id))
    found = alert.first()
    if found is None:
        return None
    user, kind = person_with_id(found.user_id), kind_of_alert(found.kind)
    if not user.active or user.confirmed_at is None or not ways_of([user.id], kind)[user.id].email:
        return None
    token = None if kind.always else unsubscribe_token(user.id, kind.name)
    said = {
        "text": found.text,
        "kind": kind,
        "link": url_for("inbox.open_alert", alert_id=alert_id, _external=True) if found.url else "",
        "token": token,
    }
    return Letter(
        address=user.email,
        subject=f"{subject_of(found.text)} – {site_settings().name}",
        text=render_template("inbox/mail/alert.txt", **said),
        html=render_template("inbox/mail/alert.html", **said),
        headers=headers_of(token),
        person_id=user.id,
    )


def headers_of(token: str | None) -> dict[str, str]:
    """What lets mail programs show a button that ends this kind of mail (RFC 8058); nothing for what nobody ends."""
    if token is None:
        return {}
    address = url_for("inbox.api.unsubscribe", token=token, _external=True)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def subject_of(text: str) -> str:
    """A sentence as the subject of a mail: one line, not too long for one."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"
