"""Posts that somebody asks for: a test of a chat, and one that failed once more; and posts that nobody needs."""

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.site.stored_settings import site_settings
from plugins.reports.models import ChatPost
from plugins.reports.services.chats.keeping import chat_with_id
from plugins.reports.services.chats.messages import Message
from plugins.reports.services.chats.posting import POSTS, post
from plugins.reports.services.chats.topics import TEST

KEPT = timedelta(days=60)
BATCH = 1_000


def post_test(chat_id: int) -> int:
    """Post a sentence to a chat, also to one that is off, to see whether that works; the id of the post."""
    chat = chat_with_id(chat_id)
    name = site_settings().name
    words = "If you read this, posts arrive here."
    message = Message(f"{name} can post to this chat", [words], current_app.config["SITE_URL"])
    with writing():
        [post_id] = post(chat.id, TEST, {f"{TEST} {uuid.uuid4()}": message})
    return post_id


def resend(chat_id: int, post_id: int) -> None:
    """Try a post at once that failed or rests; raises Conflict for one that was sent or is on its way."""
    chat_with_id(chat_id)
    theirs = sa.and_(ChatPost.id == post_id, ChatPost.chat_id == chat_id)
    with writing():
        turns = POSTS.try_anew(theirs)
        if not turns:
            known = session().scalar(sa.select(ChatPost.id).where(theirs))
            refusal = "Only a post that failed, or waits for another try, can be sent again."
            raise Conflict(refusal) if known else NotFound(f"There is no post {post_id} in this chat.")
        POSTS.enqueue(turns[0])


def forget_posts(at: datetime) -> int:
    """Delete some posts that were made 60 days ago and do not wait: how many there were."""
    ended = sa.and_(ChatPost.created_at < at - KEPT, ChatPost.state != "waiting")
    with writing():
        return POSTS.forget(ended, at_most=BATCH)
