"""What the mail server answers, and what that means for a mail: it may be taken later, or never will."""

import smtplib
import socket
import ssl

from flask import current_app

TAKES_NO_MORE = 500
LONGEST_ANSWER = 1_000


class TryLater(Exception):
    """The mail was not taken now but may be later; the words say why."""


class NeverTaken(Exception):
    """This mail will never be taken; the words are the server's own."""


def verdict(code: int, answer: bytes | str) -> TryLater | NeverTaken:
    """What an answer of the server means: its 4xx pass, its 5xx do not."""
    words = answer_of(code, answer)
    return NeverTaken(words) if code >= TAKES_NO_MORE else TryLater(words)


def answer_of(code: int, answer: bytes | str) -> str:
    """The server's answer on one line, as `550 no such user`."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(said.replace(chr(0), ' ').split())}"[:LONGEST_ANSWER]


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
        why = getattr(error, "verify_message", "") or error.reason or error
        return f"The connection to the mail server could not be protected ({why})."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"The mail server cannot do what the settings ask of it ({str(error).rstrip('.')})."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "The mail server ended the connection."
    return f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]
