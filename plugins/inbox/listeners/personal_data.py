"""What the inbox holds of a person; it goes with their account, by the keys of its tables."""

from collections.abc import Iterator

from plugins.inbox import plugin
from plugins.inbox.services import own_data


@plugin.contributes(
    "auth.personal_data",
    name="inbox.alerts",
    title="Inbox",
    words="What you were told, and what you chose to be told, by which ways.",
    tables=["inbox_alert", "inbox_preference"],
    order=30,
)
def inbox(person_id: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Alerts and choices."""
    return own_data.own_data(person_id)
