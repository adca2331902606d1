"""Caught mail: on a site for trying out, mails become files in the instance folder instead of going anywhere."""

import base64
import email
import email.policy
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path

from flask import current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.base import BaseEmailBackend

from musicapp.clock import now
from musicapp.errors import NotFound

KEPT = 200
STAMP = "%Y%m%dT%H%M%S%f"
CID = re.compile(r"cid:([\w.@-]+)")


class EmailBackend(BaseEmailBackend):  # type: ignore[misc]
    """What Flask-Mailman sends by where the site catches its mails; `MAIL_BACKEND` names this module."""

    def send_messages(self, messages: Sequence[EmailMultiAlternatives]) -> int:
        for message in messages:
            keep(message.message().as_bytes())
        return len(messages)


@dataclass(frozen=True)
class CaughtMail:
    """A mail that went nowhere; `name` finds it again."""

    name: str
    message: EmailMessage

    @property
    def caught_at(self) -> datetime:
        return datetime.strptime(self.name.partition("-")[0], STAMP).replace(tzinfo=UTC)

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        """The HTML part, its pictures inside it, so that it shows them without asking for anything."""
        return CID.sub(lambda found: self.pictures.get(found[1], found[0]), self.part("html"))

    @property
    def pictures(self) -> dict[str, str]:
        """The pictures inside the mail as `data:` addresses, by their names."""
        return {
            str(part["Content-ID"]).strip("<>"): data_address(part)
            for part in self.message.walk()
            if part["Content-ID"] and part.get_content_maintype() == "image"
        }

    def part(self, subtype: str) -> str:
        for part in self.message.walk():
            if part.get_content_type() == f"text/{subtype}":
                return str(part.get_content())
        return ""


def data_address(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return f"data:{part.get_content_type()};base64,{base64.b64encode(content).decode()}"


def folder() -> Path:
    """Where caught mails lie; the names of the files go by the time."""
    path = Path(current_app.config["MAIL_CAUGHT"])
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(raw: bytes) -> None:
    """Keep a mail as a file, and no more than the newest 200 of them."""
    name = f"{now():{STAMP}}-{secrets.token_hex(3)}"
    part = folder() / f"{name}.part"
    part.write_bytes(raw)
    part.replace(part.with_suffix(".eml"))
    for old in sorted(folder().glob("*.eml"))[:-KEPT]:
        with suppress(FileNotFoundError):  # two workers may clear up at once
            old.unlink()


def caught_mails() -> Iterator[CaughtMail]:
    """All that is kept, the newest first."""
    for path in sorted(folder().glob("*.eml"), reverse=True):
        with suppress(FileNotFoundError):
            yield CaughtMail(path.stem, read(path))


def caught_mail(name: str) -> CaughtMail:
    """The mail that is kept under this name; raises NotFound."""
    for path in folder().glob("*.eml"):
        if path.stem == name:
            return CaughtMail(name, read(path))
    raise NotFound("This mail is not kept any more.")


def read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
