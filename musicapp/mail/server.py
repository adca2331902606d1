"""The mail server: one letter is handed to it, and what it answers becomes one of three ends."""

import smtplib
from email.mime.image import MIMEImage

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from musicapp.mail.answers import NeverTaken, TryLater, verdict, words_of
from musicapp.mail.connection import Connection
from musicapp.mail.letters import Letter


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
    connection: Connection = current_app.extensions["mail_connection"]
    message = message_of(letter, message_id)
    message.connection = connection.opened()
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise verdict(*next(iter(refused.recipients.values()))) from refused
    except smtplib.SMTPResponseException as refused:
        raise verdict(refused.smtp_code, refused.smtp_error) from refused
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        raise NeverTaken(f"This mail cannot be sent: {error}") from error
    except OSError as error:
        connection.close()
        raise TryLater(words_of(error)) from error
    connection.note_use()


def message_of(letter: Letter, message_id: str) -> EmailMultiAlternatives:
    """The letter as it travels. A mail that is tried twice has the same id, by which its reader's side knows it."""
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", **letter.headers}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.pictures:
        message.mixed_subtype = "related"
    for picture in letter.pictures:
        image = MIMEImage(picture.image, picture.kind)
        image.add_header("Content-ID", f"<{picture.name}>")
        image.add_header("Content-Disposition", "inline", filename=f"{picture.name}.{picture.kind}")
        message.attach(image)
    return message
