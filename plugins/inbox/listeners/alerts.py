"""The bell on every page, the point for other plugins' kinds of alerts, and what is told of one's own account."""

from flask import request

from musicapp.clock import now
from musicapp.database import writing
from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from plugins.auth.events import DataCopyReady, PasswordChanged, RoleGiven, RoleTaken
from plugins.auth.services import Person
from plugins.inbox import plugin
from plugins.inbox.services import AlertKind, AlertKinds, alerts, tell
from plugins.inbox.services.letters import write_letter
from plugins.inbox.services.telling import MAIL

ROLES = {"admin": "an admin", "moderator": "a moderator", "artist": "an artist", "user": "a listener"}

plugin.collects("inbox.kind", AlertKind)
plugin.collects("inbox.kinds", AlertKinds)
plugin.contributes("site.letter", name=MAIL, title="Alerts")(write_letter)


@plugin.contributes("inbox.kind", name="inbox.account", title="Your roles", words="What you may do here has changed.")
@plugin.contributes(
    "inbox.kind",
    name="inbox.security",
    title="Your password and second factor",
    words="One of them was changed, or a recovery code was used.",
    always=True,
)
@plugin.contributes(
    "inbox.kind",
    name="inbox.data",
    title="Your data",
    words="The copy of your data that you asked for is ready.",
    email=True,
)
def for_everybody(person: Person) -> bool:
    """Everybody has an account."""
    return True


@plugin.on(PasswordChanged, durable=True)
def password_changed(changed: PasswordChanged) -> None:
    """Say it in the inbox too; the letter about it is auth's own."""
    text = "Your password was changed, and every other browser and token was signed out. Was it not you? Change it now."
    with writing():
        tell([changed.person_id], "inbox.security", key=f"password-{key_now()}", text=text, url="/account")


@plugin.on(DataCopyReady, durable=True)
def data_copy_ready(ready: DataCopyReady) -> None:
    """Tell somebody that what they asked for can be fetched."""
    text = "The copy of your data is ready."
    with writing():
        tell([ready.person_id], "inbox.data", key=f"data-{key_now()}", text=text, url="/account/data")


@plugin.on(RoleGiven, durable=True)
def role_given(given: RoleGiven) -> None:
    """Tell somebody that they may do more."""
    tell_of_role(given.person_id, f"You are {ROLES.get(given.role, given.role)} here from now on.")


@plugin.on(RoleTaken, durable=True)
def role_taken(taken: RoleTaken) -> None:
    """Tell somebody that they may do less."""
    tell_of_role(taken.person_id, f"You are no longer {ROLES.get(taken.role, taken.role)} here.")


def tell_of_role(person_id: int, text: str) -> None:
    with writing():
        tell([person_id], "inbox.account", key=f"role-{key_now()}", text=text, url="/account")


def key_now() -> str:
    """A key for what may happen often: each time is its own."""
    return f"{now():%Y%m%dT%H%M%S.%f}"


@plugin.fills("site.head_actions")
def bell() -> str:
    """The way to the inbox, and how much of it is new, for who is signed in."""
    person = signed_in()
    if person is None:
        return ""
    current = request.endpoint == "inbox.inbox"
    return fragment("inbox/_bell.html", unread=alerts.unread_count(person), current=current)
