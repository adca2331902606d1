"""A site that posts to chats on this machine, and what its tests do often."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import session, writing
from musicapp.jobs.models import Job
from musicapp.jobs.services import cancel
from plugins.reports.models import Chat, ChatPost
from plugins.reports.services.chats.messages import Message
from plugins.reports.services.chats.posting import post
from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Headers
from tests.plugins.reports.chat_sink import ChatSink

DOCS = Path(__file__).resolve().parents[3] / "docs" / "chats.md"
KIND = "reports.post_to_chat"


@dataclass
class ChatRoom:
    """A site, who runs it, and the other side of its chats."""

    app: Flask
    client: FlaskClient
    owner: Somebody
    as_owner: Headers
    sink: ChatSink
    secret: str | None = None

    def add(self, *topics: str, service: str = "slack", name: str = "Music room") -> int:
        """Add a chat by the API."""
        chat = {"service": service, "name": name, "address": f"{self.sink.url}/hook/s3cret", "topics": list(topics)}
        answer = self.client.post("/api/chats", json=chat, headers=self.as_owner)
        assert answer.status_code == 201, answer.text
        self.secret = answer.json["data"]["secret"]
        chat_id: int = answer.json["data"]["id"]
        return chat_id

    def posts(self, chat_id: int) -> list[dict[str, Any]]:
        """The log of a chat, the newest first."""
        found: list[dict[str, Any]] = self.client.get(f"/api/chats/{chat_id}/posts", headers=self.as_owner).json["data"]
        return found

    def ask(self, path: str) -> int:
        """Post to an endpoint of chats; the status."""
        return self.client.post(f"/api/chats/{path}", headers=self.as_owner).status_code

    def tell(self, chat_id: int, key: str, title: str = "Something.") -> None:
        """Have a message posted, as news are."""
        with self.app.app_context(), writing():
            post(chat_id, "catalog.releases", {key: Message(title)})

    def next_try(self) -> datetime:
        """When the post that waits is tried next."""
        with self.app.app_context():
            waiting = sa.select(Job.run_after).where(Job.kind == KIND, Job.state == "waiting")
            return session().scalars(waiting).one()

    def cancel_next_try(self) -> None:
        """Cancel the job of the post that waits, as an admin may on the page of jobs."""
        with self.app.app_context():
            cancel(session().scalars(sa.select(Job.id).where(Job.kind == KIND, Job.state == "waiting")).one())

    def change(self, chat_id: int, **values: Any) -> None:
        """Put the row of a chat into a state."""
        with self.app.app_context(), writing() as unit:
            unit.execute(sa.update(Chat).where(Chat.id == chat_id).values(**values))

    def count_posts(self, state: str) -> int:
        with self.app.app_context():
            return session().scalar(sa.select(sa.func.count()).where(ChatPost.state == state)) or 0


def room_of(app: Flask, sink: ChatSink) -> ChatRoom:
    """The site with an owner."""
    app.extensions["mailman"].backend = "locmem"
    owner = add_person(app, "Olga", "admin")
    return ChatRoom(app, app.test_client(), owner, bearer(app, owner), sink)


def documented_example() -> Any:
    """The function that docs/chats.md shows to whom a webhook is new."""
    known: dict[str, Any] = {}
    [code] = re.findall(r"```python\n# verify\.py\n(.*?)```", DOCS.read_text(), re.DOTALL)
    exec(code, known)
    return known["is_genuine"]
