"""What the inbox tells of chats, and posts whose job was given up."""

from musicapp.database import writing
from musicapp.jobs import JobDied
from musicapp.security import holds
from plugins.auth.services import Person
from plugins.reports import plugin
from plugins.reports.services import chats


@plugin.contributes(
    "inbox.kind",
    name=chats.CHAT_OFF,
    title="Chats that fail",
    words="A chat that you added took no posts for three days and is switched off.",
    email=True,
)
def for_who_adds_chats(person: Person) -> bool:
    """Chats are added by those who run the site."""
    return holds(person.role_names, "site.admin")


@plugin.on(JobDied, durable=True)
def post_died(died: JobDied) -> None:
    """Show a post whose job was given up among those that failed."""
    with writing():
        chats.POSTS.note_death(died, answer=died.last_error)
