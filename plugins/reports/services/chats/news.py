"""News for chats: looked for every few minutes over a time that overlaps, each posted once by its key."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from musicapp.database import session, writing
from musicapp.plugins.slots import contained
from plugins.reports.models import Chat, ChatTopic
from plugins.reports.services.chats.messages import Message, message_of
from plugins.reports.services.chats.posting import gather, post, unposted
from plugins.reports.services.chats.topics import news_kinds
from plugins.reports.services.points import News

OVERLAP = timedelta(hours=6)
OLDEST = timedelta(days=7)
MOST_AT_ONCE = 5
MOST_LINES = 20
LONGEST_KEY = 200


@dataclass(frozen=True)
class Listening:
    """A chat that is told something, of what happens from a moment on."""

    chat_id: int
    since: datetime


def listening_to(topic: str) -> list[Listening]:
    """The chats that are on and are told of a topic."""
    told = sa.select(Chat.id, ChatTopic.since).join(ChatTopic, ChatTopic.chat_id == Chat.id)
    on = told.where(ChatTopic.topic == topic, Chat.off_at.is_(None), Chat.deleted_at.is_(None))
    return [Listening(*row) for row in session().execute(on.order_by(Chat.id))]


def tell_news(since: datetime, until: datetime) -> None:
    """Post what is new since a moment to the chats that are told of it.

    What became public a little late, as a song that took long to prepare, is still found: the time looked at begins
    hours earlier. After a long sleep it begins a week ago.
    """
    begin = max(since - OVERLAP, until - OLDEST)
    for kind in news_kinds():
        found: dict[datetime, Mapping[str, Message]] = {}
        for chat in listening_to(kind.name):
            start = max(begin, chat.since)
            if start not in found:
                found[start] = news_between(kind, start, until)
            tell_chat(chat.chat_id, kind, unposted(chat.chat_id, found[start]), until)


def news_between(kind: News, since: datetime, until: datetime) -> Mapping[str, Message]:
    """The news of one kind by their keys; none from a plugin that fails, which the log says."""

    def read() -> dict[str, Message]:
        told = kind.call(since, until)
        return {key_of(kind, key): message_of(text, (), url, picture) for key, text, url, picture in told}

    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return contained("A plugin", kind.name, read) or {}


def key_of(kind: News, key: str) -> str:
    """The key of a post, which a table can hold however long the plugin's own is."""
    whole = f"{kind.name} {key}"
    return whole if len(whole) <= LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def tell_chat(chat_id: int, kind: News, fresh: Mapping[str, Message], until: datetime) -> None:
    """Post each of a few news; many that come at once, as a whole collection, are told in one post."""
    if not fresh:
        return
    with writing():
        if len(fresh) <= MOST_AT_ONCE:
            post(chat_id, kind.name, fresh)
        elif gathered := gather(chat_id, kind.name, fresh):
            message = together(kind, [fresh[key] for key in fresh if key in gathered])
            post(chat_id, kind.name, {key_of(kind, f"until {until.isoformat()}"): message})


def together(kind: News, news: list[Message]) -> Message:
    more = len(news) - MOST_LINES
    lines = [message.title for message in news[:MOST_LINES]]
    return Message(
        f"{kind.title}: {len(news):,}",
        [*lines, *([f"And {more:,} more."] if more > 0 else [])],
        current_app.config["SITE_URL"],
    )
