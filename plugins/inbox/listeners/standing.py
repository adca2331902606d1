"""What is told of suspensions, and of new accounts that wait for who runs the site."""

from musicapp.database import writing
from musicapp.pages import day
from plugins.auth.events import PersonErased, PersonRefused, PersonRestored, PersonSuspended, PersonWaits
from plugins.auth.services import Person
from plugins.inbox import plugin
from plugins.inbox.listeners.alerts import key_now
from plugins.inbox.services import tell
from plugins.inbox.services.waiting import forget_waiting, tell_of_waiting


@plugin.contributes(
    "inbox.kind",
    name="inbox.suspension",
    title="Suspensions",
    words="Your account was suspended, or is open again.",
    always=True,
)
def for_everybody(person: Person) -> bool:
    """Everybody may be suspended."""
    return True


@plugin.contributes(
    "inbox.kind", name="inbox.waiting", title="New accounts", words="Somebody waits for your approval.", email=True
)
def for_admins(person: Person) -> bool:
    """Admins approve accounts."""
    return "admin" in person.role_names


@plugin.on(PersonSuspended, durable=True)
def person_suspended(suspended: PersonSuspended) -> None:
    """Say why in the inbox too, where it is read once the suspension is over; the letter is auth's own."""
    if suspended.reason:
        text = f"Your account was suspended until {day(suspended.until)}. {' '.join(suspended.reason.split())}"
        tell_of_suspension(suspended.person_id, text)


@plugin.on(PersonRestored, durable=True)
def person_restored(restored: PersonRestored) -> None:
    """Say that a suspension is over, to who was told of it."""
    if restored.is_told:
        tell_of_suspension(restored.person_id, "The suspension of your account was lifted.")


def tell_of_suspension(person_id: int, text: str) -> None:
    with writing():
        tell([person_id], "inbox.suspension", key=f"suspension-{key_now()}", text=text)


@plugin.on(PersonWaits, durable=True)
def person_waits(waits: PersonWaits) -> None:
    """Tell the admins that somebody waits for them."""
    tell_of_waiting(waits.person_id)


@plugin.on(PersonRefused, durable=True)
def person_refused(refused: PersonRefused) -> None:
    """Take away what admins were told of somebody who got no account."""
    forget_waiting(refused.person_id)


@plugin.on(PersonErased, durable=True)
def person_erased(erased: PersonErased) -> None:
    """Take away what admins were told when somebody asked for the account that is gone now."""
    forget_waiting(erased.person_id)
