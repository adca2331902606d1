"""What the site's owner sees of chats: each with what it is told and how it fares, and the log of its posts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from plugins.auth.services import names_of
from plugins.reports.models import Chat, ChatPost, ChatTopic
from plugins.reports.services.chats.addresses import masked
from plugins.reports.services.chats.keeping import RESTORABLE, chat_with_id
from plugins.reports.services.chats.kinds import SERVICES, Service
from plugins.reports.services.chats.posting import GATHERED

NEWEST = Order("newest", ChatPost.id, ChatPost.id, descending=True)


@dataclass(frozen=True)
class ChatRow:
    """A chat in a list; `address` is only as much of it as tells it from others, `topics` what it is told."""

    id: int
    name: str
    service: Service
    address: str
    topics: frozenset[str]
    owner_name: str
    off_at: datetime | None
    off_because: str
    failing_since: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class DeletedChat:
    """A chat that can be brought back until it goes for ever."""

    id: int
    name: str
    goes_at: datetime


@dataclass(frozen=True)
class PostRow:
    """A post in the log of a chat; `answer` is the first line of what the chat said last."""

    id: int
    topic: str
    title: str
    state: str
    attempts: int
    next_at: datetime
    status: int | None
    answer: str
    created_at: datetime
    sent_at: datetime | None

    @property
    def shelf(self) -> str:
        """Where it stands: queued, sent, retrying or failed."""
        if self.state == "waiting":
            return "retrying" if self.attempts else "queued"
        return self.state


def chats() -> list[ChatRow]:
    """All chats by their names."""
    found = session().scalars(
        sa.select(Chat).where(Chat.deleted_at.is_(None)).order_by(sa.func.lower(Chat.name), Chat.id)
    )
    return rows_of(list(found))


def chat_row(chat_id: int) -> ChatRow:
    """One chat; raises NotFound."""
    return rows_of([chat_with_id(chat_id)])[0]


def rows_of(found: list[Chat]) -> list[ChatRow]:
    told: dict[int, set[str]] = {chat.id: set() for chat in found}
    of_these = sa.select(ChatTopic.chat_id, ChatTopic.topic).where(ChatTopic.chat_id.in_(list(told)))
    for chat_id, topic in session().execute(of_these):
        told[chat_id].add(topic)
    names = names_of({chat.owner_id for chat in found if chat.owner_id is not None})
    return [
        ChatRow(
            id=chat.id,
            name=chat.name,
            service=SERVICES[chat.service],
            address=masked(chat.address),
            topics=frozenset(told[chat.id]),
            owner_name=names.get(chat.owner_id or 0, ""),
            off_at=chat.off_at,
            off_because=chat.off_because,
            failing_since=chat.failing_since,
            created_at=chat.created_at,
        )
        for chat in found
    ]


def deleted_chats() -> list[DeletedChat]:
    """The chats that can be brought back, the latest deleted first."""
    query = sa.select(Chat.id, Chat.name, Chat.deleted_at).where(Chat.deleted_at >= now() - RESTORABLE)
    found: Any = session().execute(query.order_by(Chat.deleted_at.desc())).all()
    return [DeletedChat(chat_id, name, deleted_at + RESTORABLE) for chat_id, name, deleted_at in found]


def posts_of(chat_id: int, *, limit: int = 50, cursor: str | None = None) -> Page[PostRow]:
    """What was posted to a chat, the newest first; raises NotFound."""
    chat_with_id(chat_id)
    names = [name for name in PostRow.__dataclass_fields__ if name != "title"]

    def row(found: Any) -> PostRow:
        return PostRow(**{name: getattr(found, name) for name in names}, title=found.message["title"])

    columns = [getattr(ChatPost, name) for name in (*names, "message")]
    query = sa.select(*columns).where(ChatPost.chat_id == chat_id, ChatPost.state != GATHERED)
    return page_of(query, NEWEST, row, limit=limit, cursor=cursor)
