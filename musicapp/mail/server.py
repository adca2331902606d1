"""The mail server: one letter is handed to it, and what it answers becomes one of three ends."""

import smtplib
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from email.mime.image import MIMEImage
from typing import Any

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from musicapp.mail.letters import Letter

TAKES_NO_MORE = 500
LONGEST_ANSWER = 1_000


class TryLater(Exception):
    """The mail was not taken now but may be later; the words say why."""


class NeverTaken(Exception):
    """This mail will never be taken; the words are the server's own."""


@dataclass
class Server:
    """What this process knows of the mail server: until when, on the monotonic clock, it need not be asked again.

    One that is silent would otherwise take ten seconds of the worker for each of a thousand mails.
    """

    away_until: float = 0.0
    away_because: str = ""


def sends_mail() -> bool:
    """Whether mails go anywhere: to a server, or, in development, to the page of caught mail."""
    return bool(current_app.config["MAIL_SERVER"]) or catches_mail()


def catches_mail() -> bool:
    """Whether mails are kept on this machine, for admins to look at, because the site is one for trying out."""
    return bool(current_app.config["MAIL_CAUGHT"])


def hand_over(letter: Letter, message_id: str) -> None:
    """Give a letter to the mail server; raises TryLater or NeverTaken."""
    if not sends_mail():
        raise TryLater("No mail server is set (MUSICAPP_MAIL_SERVER).")
    message = message_of(letter, message_id)
    message.connection = reach()
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise verdict(*next(iter(refused.recipients.values()))) from refused
    except smtplib.SMTPResponseException as refused:
        raise verdict(refused.smtp_code, refused.smtp_error) from refused
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        raise NeverTaken(f"This mail cannot be sent: {error}") from error
    except OSError as error:
        raise TryLater(words_of(error)) from error
    finally:
        with suppress(OSError):  # what was taken is taken, however the server says goodbye
            message.connection.close()


def message_of(letter: Letter, message_id: str) -> EmailMultiAlternatives:
    """The letter as it travels. A mail that is tried twice has the same id, by which its reader's side knows it."""
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", **letter.headers}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.pictures:
        message.mixed_subtype = "related"
    for picture in letter.pictures:
        image = MIMEImage(picture.png, "png")
        image.add_header("Content-ID", f"<{picture.name}>")
        image.add_header("Content-Disposition", "inline", filename=f"{picture.name}.png")
        message.attach(image)
    return message


def reach() -> Any:
    """A connection to the server, logged in; raises TryLater. For a while after it failed it is not tried again."""
    server: Server = current_app.extensions["mail_server"]
    if time.monotonic() < server.away_until:
        raise TryLater(server.away_because)
    connection = current_app.extensions["mailman"].get_connection()
    try:
        connection.open()
    except OSError as error:
        server.away_until = time.monotonic() + current_app.config["MAIL_AWAY_S"]
        server.away_because = words_of(error)
        with suppress(OSError):
            connection.close()
        raise TryLater(server.away_because) from error
    return connection


def verdict(code: int, answer: bytes | str) -> TryLater | NeverTaken:
    """What an answer of the server means: its 4xx pass, its 5xx do not."""
    words = answer_of(code, answer)
    return NeverTaken(words) if code >= TAKES_NO_MORE else TryLater(words)


def answer_of(code: int, answer: bytes | str) -> str:
    """The server's answer on one line, as `550 no such user`."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(said.split())}"[:LONGEST_ANSWER]


def words_of(error: OSError) -> str:
    """Why a connection did not come about or broke, for the admin."""
    if isinstance(error, smtplib.SMTPResponseException):
        return answer_of(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"The mail server said nothing for {current_app.config['MAIL_TIMEOUT']} seconds."
    if isinstance(error, ConnectionRefusedError):
        return "The mail server takes no connections."
    if isinstance(error, socket.gaierror):
        return f"The mail server's name, {current_app.config['MAIL_SERVER']}, is not known."
    if isinstance(error, ssl.SSLError):
        return f"The mail server offers no protected connection ({error.reason or error})."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "The mail server ended the connection."
    return f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]
