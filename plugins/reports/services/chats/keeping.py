"""Adding chats, changing what they are told, switching them off and on, deleting them with a way back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session, writing
from musicapp.errors import Invalid, NotFound
from plugins.auth.services import Person
from plugins.reports.models import Chat, ChatPost, ChatTopic
from plugins.reports.services.chats.addresses import check_address
from plugins.reports.services.chats.kinds import SERVICES
from plugins.reports.services.chats.posting import POSTS, stop_posts
from plugins.reports.services.chats.signing import new_secret
from plugins.reports.services.chats.topics import check_topics

LONGEST_NAME = 80
RESTORABLE = timedelta(days=30)


def add_chat(person: Person, service: str, name: str, address: str, topics: Collection[str]) -> Chat:
    """Add a chat that somebody owns from now on; raises Invalid for what does not fit.

    Its address is not shown whole again; nor is its secret, where it has one.
    """
    if service not in SERVICES:
        raise Invalid("There is no such service.", {"service": ["Choose one of those that there are."]})
    check_topics(person, topics)
    check_address(SERVICES[service], address)
    secret = new_secret() if SERVICES[service].signs else ""
    with writing() as unit:
        chat = Chat(service=service, name=named(name), address=address, secret=secret, owner_id=person.id)
        unit.add(chat)
        unit.flush()
        tell_of(chat.id, topics)
    return chat


def change_chat(person: Person, chat_id: int, name: str, address: str | None, topics: Collection[str]) -> None:
    """Give a chat another name, other topics and, unless it is None, another address, from then on."""
    check_topics(person, topics)
    if address is not None:
        check_address(SERVICES[chat_with_id(chat_id).service], address)
    with writing():
        chat = chat_to_change(chat_id)
        chat.name = named(name)
        if address is not None:
            chat.address, chat.failing_since = address, None
        tell_of(chat_id, topics)


def named(name: str) -> str:
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise Invalid("Give the chat a name.", {"name": [f"Give it a name of at most {LONGEST_NAME} characters."]})
    return words


def tell_of(chat_id: int, topics: Collection[str]) -> None:
    """Have a chat told these things and no others, inside `writing()`; of new ones, what happens from now on."""
    gone = sa.delete(ChatTopic).where(ChatTopic.chat_id == chat_id, ChatTopic.topic.not_in(topics))
    session().execute(gone, execution_options=UNSYNCED)
    rows = [{"chat_id": chat_id, "topic": topic, "since": now()} for topic in sorted(set(topics))]
    if rows:
        session().execute(insert_for(ChatTopic).on_conflict_do_nothing(), rows)


def switch_off(chat_id: int) -> str:
    """Post nothing there until it is switched on again; answers the chat's name."""
    with writing():
        chat = chat_to_change(chat_id)
        chat.off_at, chat.off_because = chat.off_at or now(), ""
        stop_posts(chat_id, "The chat was switched off before this could be posted.")
    return chat.name


def switch_on(chat_id: int) -> str:
    """Post there again, what happens from now on; answers the chat's name."""
    with writing():
        chat = chat_to_change(chat_id)
        if chat.off_at is not None:
            chat.off_at, chat.off_because, chat.failing_since = None, "", None
            begin_anew(chat_id)
    return chat.name


def delete_chat(chat_id: int) -> str:
    """Take a chat away; it can be brought back for 30 days. Answers its name."""
    with writing():
        chat = chat_to_change(chat_id)
        chat.deleted_at = now()
        stop_posts(chat_id, "The chat was deleted before this could be posted.")
    return chat.name


def restore_chat(chat_id: int) -> str:
    """Bring a deleted chat back as it was; what happened meanwhile is not posted. Answers its name."""
    with writing():
        chat = chat_to_change(chat_id, deleted=True)
        chat.deleted_at = None
        begin_anew(chat_id)
    return chat.name


def begin_anew(chat_id: int) -> None:
    session().execute(
        sa.update(ChatTopic).where(ChatTopic.chat_id == chat_id).values(since=now()), execution_options=UNSYNCED
    )


def chat_to_change(chat_id: int, *, deleted: bool = False) -> Chat:
    """A chat, locked; raises NotFound."""
    return found(chat_id, session().scalar(chosen(chat_id, deleted=deleted).with_for_update()))


def chat_with_id(chat_id: int) -> Chat:
    """A chat that is not deleted; raises NotFound."""
    return found(chat_id, session().scalar(chosen(chat_id)))


def chosen(chat_id: int, *, deleted: bool = False) -> sa.Select[Any]:
    return sa.select(Chat).where(
        Chat.id == chat_id, Chat.deleted_at.is_not(None) if deleted else Chat.deleted_at.is_(None)
    )


def found(chat_id: int, chat: Chat | None) -> Chat:
    if chat is None:
        raise NotFound(f"There is no chat {chat_id}.")
    return chat


def forget_deleted(at: datetime) -> int:
    """Remove for ever the chats that were deleted 30 days ago, with their posts: how many there were."""
    old = sa.select(Chat.id).where(Chat.deleted_at < at - RESTORABLE).with_for_update()
    with writing() as unit:
        chat_ids = unit.scalars(old).all()
        POSTS.forget(ChatPost.chat_id.in_(chat_ids))
        unit.execute(sa.delete(Chat).where(Chat.id.in_(chat_ids)), execution_options=UNSYNCED)
    return len(chat_ids)
