"""Letters: alerts by mail for those who asked for them, each with ways to end its kind that need no log-in."""

import sqlalchemy as sa
from flask import url_for

from musicapp.blocks import Section, Words
from musicapp.blocks.mail import Footer, render
from musicapp.database import session
from musicapp.mail import Letter
from musicapp.site.stored_settings import site_settings
from musicapp.withheld import withheld
from plugins.auth.services import person_with_id
from plugins.inbox.models import Alert
from plugins.inbox.services.by_mail import preferences_url
from plugins.inbox.services.kinds import AlertKind, kind_of_alert
from plugins.inbox.services.preferences import ways_of
from plugins.inbox.services.unsubscribing import unsubscribe_token

LONGEST_SUBJECT = 100


def write_letter(alert_id: int) -> Letter | None:
    """The letter of an alert; none when it is gone, or its kind or person is, or nobody wants it by mail any more, or
    it speaks of what its person may not know of any more."""
    alert = session().scalar(sa.select(Alert).where(Alert.id == alert_id))
    if alert is None:
        return None
    try:
        kind = kind_of_alert(alert.kind)
    except LookupError:
        return None  # its plugin does not run any more
    user = person_with_id(alert.user_id)
    if not user.active or user.confirmed_at is None or not ways_of([user.id], kind)[user.id].email:
        return None
    if withheld(user, [alert.url]):
        return None
    written = said_by(alert) if kind.letter is None else kind.letter(user.id, alert.key)
    if written is None:
        return None
    subject, sections = written
    token = None if kind.always else unsubscribe_token(user.id, kind.name)
    heading = kind.title if kind.letter is None else subject
    rendered = render(heading, sections, preheader=alert.text, footer=footer_of(user.id, kind, token), reader=user)
    return Letter(
        address=user.email,
        subject=f"{subject_of(subject)} – {site_settings().name}",
        text=rendered.text,
        html=rendered.html,
        headers=headers_of(token),
        pictures=rendered.pictures,
        person_id=user.id,
    )


def said_by(alert: Alert) -> tuple[str, list[Section]]:
    """What most alerts are by mail: their sentence, and the way to what it speaks of."""
    url = url_for("inbox.open_alert", alert_id=alert.id) if alert.url else ""
    return alert.text, [Section("", [Words(alert.text, url, f"See it on {site_settings().name}" if url else "")])]


def footer_of(person_id: int, kind: AlertKind, token: str | None) -> Footer:
    """Why somebody gets this mail, and the ways to end it."""
    if token is None:
        return Footer(f"You get this mail because {kind.because}.")
    why = "you have an account here" if kind.mailed_unasked else "you asked to be told by e-mail"
    return Footer(
        f"You get this mail because {why}. It is one of these: {kind.title}.",
        [
            ("No more of these", url_for("inbox.show_unsubscribe", token=token, _external=True)),
            ("Change what we send you", preferences_url(person_id)),
        ],
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
