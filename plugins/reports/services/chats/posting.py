"""Posting: a message to a chat becomes a row and a job, once for its key."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from musicapp.database import UNSYNCED, insert_for, session
from musicapp.jobs.tries import Tries, Turn
from plugins.reports.models import ChatPost
from plugins.reports.services.chats.messages import Message

SENDING = "reports.post_to_chat"
GATHERED = "gathered"
PAUSES_MIN = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 1_440)
"""How long a post rests after each try that failed: a little over three days in all, then it is given up."""
POSTS = Tries(ChatPost, SENDING, "post_id", PAUSES_MIN)


def post(chat_id: int, topic: str, messages: Mapping[str, Message]) -> list[int]:
    """Post messages to a chat, inside `writing()`, by their keys: the ids of those that no post was made of before."""
    rows = [
        {"chat_id": chat_id, "topic": topic, "key": key, "message": vars(message)} for key, message in messages.items()
    ]
    made = [post_id for row in rows if (post_id := insert_post(row)) is not None]
    for post_id in made:
        POSTS.enqueue(Turn(post_id, 0))
    return made


def insert_post(row: dict[str, object]) -> int | None:
    insert = insert_for(ChatPost).values(**row).on_conflict_do_nothing().returning(ChatPost.id)
    made: int | None = session().execute(insert).scalar()
    return made


def gather(chat_id: int, topic: str, keys: Collection[str]) -> set[str]:
    """Note, inside `writing()`, that messages are told as a part of another post; the keys that were not known yet."""
    row = {"chat_id": chat_id, "topic": topic, "message": {}, "state": GATHERED}
    insert = insert_for(ChatPost).on_conflict_do_nothing().returning(ChatPost.key)
    return {key for (key,) in session().execute(insert, [{**row, "key": key} for key in keys])}


def stop_posts(chat_id: int, because: str) -> None:
    """Send nothing that still waits for a chat, inside `writing()`; each can be sent again by hand."""
    waiting = sa.update(ChatPost).where(ChatPost.chat_id == chat_id, ChatPost.state == "waiting")
    session().execute(waiting.values(state="failed", answer=because), execution_options=UNSYNCED)


def unposted(chat_id: int, messages: Mapping[str, Message]) -> dict[str, Message]:
    """Those of some messages of which a chat has no post yet."""
    asked = sa.select(ChatPost.key).where(ChatPost.chat_id == chat_id, ChatPost.key.in_(list(messages)))
    known = set(session().scalars(asked))
    return {key: message for key, message in messages.items() if key not in known}
