"""A mail server for tests: real SMTP on this machine, which keeps what it takes and refuses what it is told to."""

import email
import email.policy
import socket
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller


class MailSink:
    """Takes every mail but those to addresses with `answers` left: each of them is said once, in their order."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.taken: list[EmailMessage] = []
        self.connections: set[tuple[str, int]] = set()
        self.answers: dict[str, list[str]] = {}
        self.before_taking: Callable[[EmailMessage], None] = lambda _message: None
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 go on"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.connections.add(session.peer)
        self.taken.append(message)
        self.before_taking(message)
        return "250 taken"

    @property
    def addresses(self) -> list[str]:
        """To whom the mails went that were taken, in their order."""
        return [str(message["To"]) for message in self.taken]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])
