"""How mail is: whether there is a server and takes it, and what failed."""

from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from musicapp.database import session
from musicapp.mail.models import Mail
from musicapp.mail.server import catches_mail, sends_mail
from musicapp.site.found import Health

MANY_TRIES = 4
"""A mail that was tried so often has waited for most of an hour, so that the server is more than busy."""

REMEDY = "The page of mail shows what the server answered; mend its settings there or here, then send all again."


class Load(NamedTuple):
    """How many mails wait to be sent, were tried in vain and are tried again, were so for long, and were given up."""

    waiting: int
    retrying: int
    stuck: int
    failed: int


def check() -> Health:
    if not sends_mail():
        return Health("mail", "ok", "none is sent: no server is set (MUSICAPP_MAIL_SERVER)")
    try:
        return mail(look())
    except SQLAlchemyError:
        session().rollback()
        return Health("mail", "degraded", "unknown, because the database does not answer")


def look() -> Load:
    counts = sa.select(
        sa.func.count().filter(Mail.state == "waiting"),
        sa.func.count().filter(Mail.state == "waiting", Mail.attempts > 0),
        sa.func.count().filter(Mail.state == "waiting", Mail.attempts >= MANY_TRIES),
        sa.func.count().filter(Mail.state == "failed"),
    ).where(Mail.state.in_(("waiting", "failed")))
    return Load(*session().execute(counts).one())


def mail(load: Load) -> Health:
    """How much of it has not gone; the server's name is for admins."""
    caught = "caught on this machine; " if catches_mail() else ""
    numbers = f"mails waiting: {load.waiting}, tried before: {load.retrying}, failed: {load.failed}"
    if load.stuck:
        remedy = f"The mail server is {current_app.config['MAIL_SERVER']}. {REMEDY}"
        return Health("mail", "degraded", f"the server has taken none of {load.stuck} for a while; {numbers}", remedy)
    return Health("mail", "ok", f"{caught}{numbers}")
