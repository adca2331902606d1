"""Sending one post to its chat: at most once for each turn, tried again with growing pauses while that may help."""

import json
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs import RunningJob
from musicapp.jobs.tries import Turn
from musicapp.reaching import NotAllowed, NotReached, checked_target, send
from musicapp.site.stored_settings import site_settings
from plugins.reports.models import Chat, ChatPost
from plugins.reports.services.chats.failing import note_failure, note_success
from plugins.reports.services.chats.kinds import SERVICES
from plugins.reports.services.chats.messages import Message
from plugins.reports.services.chats.posting import POSTS
from plugins.reports.services.chats.signing import signed
from plugins.reports.services.chats.topics import TEST
from plugins.reports.services.chats.verdicts import Verdict, verdict_on


def send_post(job: RunningJob, turn: Turn) -> None:
    """Send a post if it still waits in this turn, and note how that ended."""
    post = waiting_post(turn)
    if post is None:
        return
    verdict, attempts = asked_to_take(post), post.attempts + 1
    said = {"attempts": attempts, "status": verdict.status, "answer": verdict.words}
    pause = POSTS.pause_after(attempts, verdict.wait) if verdict.state == "later" and post.topic != TEST else None
    with job.finish():
        if verdict.state == "sent":
            POSTS.note(turn, state="sent", sent_at=now(), **said)
            note_success(post.chat_id)
            return
        if pause is None:
            POSTS.note(turn, state="failed", **said)
        else:
            POSTS.put_off(turn, pause, **said)
        if post.topic != TEST:
            note_failure(post.chat_id, verdict)


def waiting_post(turn: Turn) -> Any:
    """A post that waits in this turn, with what is needed of its chat; None where there is none."""
    columns = (ChatPost.id, ChatPost.message, ChatPost.attempts, ChatPost.topic, ChatPost.chat_id)
    asked = sa.select(*columns, Chat.service, Chat.address, Chat.secret).join(Chat, Chat.id == ChatPost.chat_id)
    found = session().execute(asked.where(POSTS.waits(turn))).first()
    session().rollback()  # no transaction stays open while the chat thinks
    return found


def asked_to_take(post: Any) -> Verdict:
    """Send a post to its chat now; its address is checked anew, for a name may lead elsewhere by now."""
    body, headers = written(post)
    try:
        return verdict_on(send(checked_target(post.address), body, headers))
    except NotAllowed as refused:
        return Verdict("failed", str(refused))
    except NotReached as problem:
        return Verdict("later", str(problem))


def written(post: Any) -> tuple[bytes, dict[str, str]]:
    """A post as its service takes it, and the headers that go with it."""
    service = SERVICES[post.service]
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "musicapp"}
    body = service.body(Message(**post.message))
    if not service.signs:
        return json.dumps(body).encode(), headers
    whole = json.dumps({"topic": post.topic, "site": site_settings().name, **body}).encode()
    return whole, {**headers, **signed(post.secret, f"post-{post.id}", int(now().timestamp()), whole)}
