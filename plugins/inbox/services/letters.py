"""Letters: alerts by mail, for those who asked for them."""

from flask import current_app


def sends_mail() -> bool:
    """Whether this site can send mail."""
    return bool(current_app.config["MAIL_SERVER"])
