"""Mail that the site sends: rows of an outbox (`post`), letters written when they go (`site.letter`), one server."""

from flask import Flask

from musicapp.mail.connection import Connection
from musicapp.mail.letters import Letter, LetterKind, Picture
from musicapp.mail.outbox import Posting, post, post_many
from musicapp.mail.server import sends_mail

__all__ = ["Letter", "LetterKind", "Picture", "Posting", "init_app", "post", "post_many", "sends_mail"]


def init_app(app: Flask) -> None:
    """Give the app its connection to the mail server, and the commands `flask mail …`."""
    from musicapp.mail.commands import mail

    app.extensions["mail_connection"] = Connection()
    app.cli.add_command(mail)
