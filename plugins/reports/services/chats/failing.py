"""Chats that take nothing any more: after three days each is switched off, and its owner is told."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.clock import now
from musicapp.database import UNSYNCED, session
from plugins.inbox.services import tell
from plugins.reports.models import Chat
from plugins.reports.services.chats.posting import stop_posts
from plugins.reports.services.chats.verdicts import Verdict

KIND = "reports.chat_off"
PATIENCE = timedelta(days=3)


def note_success(chat_id: int) -> None:
    """Note that a chat takes posts, inside `writing()`."""
    well = sa.update(Chat).where(Chat.id == chat_id, Chat.failing_since.is_not(None)).values(failing_since=None)
    session().execute(well, execution_options=UNSYNCED)


def note_failure(chat_id: int, verdict: Verdict) -> None:
    """Note that a chat did not take a post, inside `writing()`; one that took none for three days is switched off."""
    chat = session().scalar(sa.select(Chat).where(Chat.id == chat_id).with_for_update())
    if chat is None or chat.off_at is not None:
        return
    if chat.failing_since is None:
        chat.failing_since = now()
    elif now() - chat.failing_since >= PATIENCE:
        answered = f"{verdict.status} {verdict.words}".strip() if verdict.status else verdict.words
        chat.off_at, chat.off_because = now(), answered
        session().flush()
        stop_posts(chat_id, "The chat was switched off before this could be posted.")
        tell_owner(chat)


def tell_owner(chat: Chat) -> None:
    """Say in the inbox of who added a chat, where they are still here, that it is off."""
    tell(
        [chat.owner_id] if chat.owner_id is not None else [],
        KIND,
        key=f"chat-off-{chat.id}-{chat.off_at:%Y%m%dT%H%M%S}",
        text=f"“{chat.name}” took no posts for three days and is switched off. It answered last: {chat.off_because}",
        url=url_of("reports.chat", chat_id=chat.id),
    )
