"""Chats for programs: the same services as the pages, as JSON."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from musicapp.api import Body, PageQuery, answer
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import chats


class ChatChange(Body):
    """What a chat is called and told; without an address, the one that it has stays."""

    name: str = Field(min_length=1, max_length=80)
    topics: list[str] = Field(max_length=50, description="`digest`, or names that GET /api/chats lists.")
    address: str | None = Field(None, max_length=2_000)


class NewChat(ChatChange):
    """A chat to post to; its address is a secret that is never answered."""

    service: str = Field(max_length=20, description="google_chat, slack, mattermost, discord or webhook.")
    address: str = Field(min_length=1, max_length=2_000)


@plugin.api.get("/chats", permission="site.admin", endpoint="chats")
def list_chats() -> Response:
    """The chats that the site posts to, and what they can be told."""
    topics = [{"name": one.name, "title": one.title, "words": one.words} for one in chats.topics_for(signed_in())]
    return answer({"chats": [chat_shape(chat) for chat in chats.chats()], "topics": topics})


@plugin.api.post("/chats", permission="site.admin", body=NewChat)
def add_chat(body: NewChat) -> Response:
    """Add a chat; the `secret` of a webhook is answered this once."""
    chat = chats.add_chat(signed_in(), body.service, body.name, body.address, body.topics)
    return answer({**chat_shape(chats.chat_row(chat.id)), "secret": chat.secret or None}, "The chat is added.", 201)


@plugin.api.put("/chats/<int:chat_id>", permission="site.admin", body=ChatChange)
def change_chat(chat_id: int, body: ChatChange) -> Response:
    """Change what a chat is called and told, and where it is."""
    chats.change_chat(signed_in(), chat_id, body.name, body.address, body.topics)
    return answer(chat_shape(chats.chat_row(chat_id)), "The chat is saved.")


@plugin.api.delete("/chats/<int:chat_id>", permission="site.admin")
def delete_chat(chat_id: int) -> Response:
    """Delete a chat; it can be brought back for 30 days."""
    chats.delete_chat(chat_id)
    return answer(None, "The chat is deleted.")


@plugin.api.post("/chats/<int:chat_id>/restore", permission="site.admin")
def restore_chat(chat_id: int) -> Response:
    """Bring a deleted chat back."""
    chats.restore_chat(chat_id)
    return answer(chat_shape(chats.chat_row(chat_id)), "The chat is back.")


@plugin.api.post("/chats/<int:chat_id>/off", permission="site.admin")
def switch_chat_off(chat_id: int) -> Response:
    """Post nothing to a chat until it is switched on again."""
    chats.switch_off(chat_id)
    return answer(chat_shape(chats.chat_row(chat_id)), "The chat is off.")


@plugin.api.post("/chats/<int:chat_id>/on", permission="site.admin")
def switch_chat_on(chat_id: int) -> Response:
    """Post to a chat again, what happens from now on."""
    chats.switch_on(chat_id)
    return answer(chat_shape(chats.chat_row(chat_id)), "The chat is on.")


@plugin.api.post("/chats/<int:chat_id>/test", permission="site.admin")
def test_chat(chat_id: int) -> Response:
    """Post a test; the log of the chat shows what it answers."""
    return answer({"post_id": chats.post_test(chat_id)}, "A test is on its way.", 202)


@plugin.api.get("/chats/<int:chat_id>/posts", permission="site.admin", query=PageQuery)
def chat_posts(chat_id: int, query: PageQuery) -> Response:
    """What was posted to a chat, the newest first: queued, sent, retrying or failed, with what the chat answered."""
    page = chats.posts_of(chat_id, limit=query.limit, cursor=query.cursor)
    return jsonify({"message": "", "data": [post_shape(post) for post in page.rows], "next": page.next})


@plugin.api.post("/chats/<int:chat_id>/posts/<long:post_id>/resend", permission="site.admin")
def resend_post(chat_id: int, post_id: int) -> Response:
    """Send a post now that failed or waits for another try."""
    chats.resend(chat_id, post_id)
    return answer(None, "The post is on its way again.", 202)


def chat_shape(chat: chats.ChatRow) -> dict[str, Any]:
    return {
        "id": chat.id,
        "name": chat.name,
        "service": chat.service.name,
        "address": chat.address,
        "topics": sorted(chat.topics),
        "owner": chat.owner_name or None,
        "off_at": chat.off_at.isoformat() if chat.off_at else None,
        "off_because": chat.off_because,
        "failing_since": chat.failing_since.isoformat() if chat.failing_since else None,
        "created_at": chat.created_at.isoformat(),
    }


def post_shape(post: chats.PostRow) -> dict[str, Any]:
    return {
        **{name: getattr(post, name) for name in ("id", "topic", "title", "attempts", "status", "answer")},
        "state": post.shelf,
        "next_at": post.next_at.isoformat() if post.state == "waiting" else None,
        "created_at": post.created_at.isoformat(),
        "sent_at": post.sent_at.isoformat() if post.sent_at else None,
    }
