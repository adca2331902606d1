"""Caught mail: on a site for trying out, mails become files in the instance folder instead of going anywhere."""

import email
import email.policy
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from flask import current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.base import BaseEmailBackend

from musicapp.clock import now

KEPT = 200


class EmailBackend(BaseEmailBackend):  # type: ignore[misc]
    """What Flask-Mailman sends by where the site catches its mails; `MAIL_BACKEND` names this module."""

    def send_messages(self, messages: Sequence[EmailMultiAlternatives]) -> int:
        for message in messages:
            keep(message.message().as_bytes())
        return len(messages)


def folder() -> Path:
    """Where caught mails lie; the names of the files go by the time."""
    path = Path(current_app.config["MAIL_CAUGHT"])
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(raw: bytes) -> None:
    """Keep a mail as a file, and no more than the newest 200 of them."""
    name = f"{now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    part = folder() / f"{name}.part"
    part.write_bytes(raw)
    part.replace(part.with_suffix(".eml"))
    for old in sorted(folder().glob("*.eml"))[:-KEPT]:
        with suppress(FileNotFoundError):  # two workers may clear up at once
            old.unlink()


def caught_mails() -> Iterator[tuple[str, EmailMessage]]:
    """All that is kept, the newest first, by the names under which each is found again."""
    for path in sorted(folder().glob("*.eml"), reverse=True):
        yield path.stem, read(path)


def caught_mail(name: str) -> EmailMessage | None:
    """The mail that is kept under this name, if it still is."""
    return next((read(path) for path in folder().glob("*.eml") if path.stem == name), None)


def read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
