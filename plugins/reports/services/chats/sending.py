"""Sending one post to its chat: at most once for each turn, tried again with growing pauses while that may help."""

import json
import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs import RunningJob
from musicapp.jobs.events import JobDied
from musicapp.jobs.queue import UNSYNCED
from musicapp.reaching import NotAllowed, NotReached, checked_target, send
from musicapp.site.stored_settings import site_settings
from plugins.reports.models import Chat, ChatPost
from plugins.reports.services.chats.failing import note_failure, note_success
from plugins.reports.services.chats.kinds import SERVICES
from plugins.reports.services.chats.messages import Message
from plugins.reports.services.chats.posting import SENDING, enqueue_try
from plugins.reports.services.chats.signing import signed
from plugins.reports.services.chats.topics import TEST
from plugins.reports.services.chats.verdicts import Verdict, verdict_on

PAUSES_MIN = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 1_440)
"""How long a post rests after each try that failed: a little over three days in all, then it is given up."""


def send_post(job: RunningJob, post_id: int, turn: int) -> None:
    """Send a post if it still waits in this turn, and note how that ended."""
    post = waiting_post(post_id, turn)
    if post is None:
        return
    verdict, attempts = asked_to_take(post), post.attempts + 1
    said = {"attempts": attempts, "status": verdict.status, "answer": verdict.words}
    pause = pause_after(attempts, verdict.wait) if verdict.state == "later" and post.topic != TEST else None
    with job.finish():
        if verdict.state == "sent":
            note(post_id, turn, state="sent", sent_at=now(), **said)
            note_success(post.chat_id)
            return
        if pause is None:
            note(post_id, turn, state="failed", **said)
        elif note(post_id, turn, turn=turn + 1, next_at=now() + pause, **said):
            enqueue_try(post_id, turn + 1, now() + pause)
        if post.topic != TEST:
            note_failure(post.chat_id, verdict)


def waiting_post(post_id: int, turn: int) -> Any:
    """A post that waits in this turn, with what is needed of its chat; None where there is none."""
    columns = (ChatPost.id, ChatPost.message, ChatPost.attempts, ChatPost.topic, ChatPost.chat_id)
    asked = sa.select(*columns, Chat.service, Chat.address, Chat.secret).join(Chat, Chat.id == ChatPost.chat_id)
    found = (
        session()
        .execute(asked.where(ChatPost.id == post_id, ChatPost.turn == turn, ChatPost.state == "waiting"))
        .first()
    )
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


def note(post_id: int, in_turn: int, **values: Any) -> bool:
    """Change a post that waits in this turn, inside `writing()`: whether it still did. One that was sent is noted as
    such even where its chat was switched off at the same moment."""
    change = sa.update(ChatPost).where(ChatPost.id == post_id, ChatPost.turn == in_turn)
    if values.get("state") != "sent":
        change = change.where(ChatPost.state == "waiting")
    changed = session().execute(change.values(**values).returning(ChatPost.id), execution_options=UNSYNCED)
    return changed.first() is not None


def pause_after(attempts: int, wait: timedelta) -> timedelta | None:
    """How long a post rests after so many tries, at least as long as the chat asks for; None when it was tried often
    enough."""
    if attempts > len(PAUSES_MIN):
        return None
    return max(wait, timedelta(minutes=PAUSES_MIN[attempts - 1] * random.uniform(0.9, 1.1)))


def note_death(died: JobDied) -> None:
    """Let a post whose job was given up be seen as failed, inside `writing()`: it could not even be tried."""
    if died.kind == SENDING:
        note(died.payload["post_id"], died.payload["turn"], state="failed", answer=died.last_error)
