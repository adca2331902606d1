"""Posts to chats: which chats there are, what they are told, and what became of each post."""

from plugins.reports.services.chats.digest import post_digest
from plugins.reports.services.chats.failing import KIND as CHAT_OFF
from plugins.reports.services.chats.keeping import (
    add_chat,
    change_chat,
    delete_chat,
    forget_deleted,
    restore_chat,
    switch_off,
    switch_on,
)
from plugins.reports.services.chats.kinds import SERVICES
from plugins.reports.services.chats.lists import ChatRow, PostRow, chat_row, chats, deleted_chats, posts_of
from plugins.reports.services.chats.news import tell_news
from plugins.reports.services.chats.posting import POSTS
from plugins.reports.services.chats.resending import forget_posts, post_test, resend
from plugins.reports.services.chats.sending import send_post
from plugins.reports.services.chats.topics import topics_for

__all__ = [
    "CHAT_OFF",
    "POSTS",
    "SERVICES",
    "ChatRow",
    "PostRow",
    "add_chat",
    "change_chat",
    "chat_row",
    "chats",
    "delete_chat",
    "deleted_chats",
    "forget_deleted",
    "forget_posts",
    "post_digest",
    "post_test",
    "posts_of",
    "resend",
    "restore_chat",
    "send_post",
    "switch_off",
    "switch_on",
    "tell_news",
    "topics_for",
]
