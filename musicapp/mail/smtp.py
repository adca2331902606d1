"""SMTP that looks whom it speaks to: the server's certificate is checked before a password or a mail is sent."""

import smtplib
import ssl
from typing import Any

from flask_mailman.backends.smtp import EmailBackend as MailmanBackend


class CheckedSMTP(smtplib.SMTP):
    """A connection whose STARTTLS takes no server for another; Python's own checks nothing unless it is told to."""

    def starttls(self, *args: Any, **kwargs: Any) -> Any:
        return super().starttls(context=ssl.create_default_context())


class EmailBackend(MailmanBackend):  # type: ignore[misc]
    """What Flask-Mailman sends by; `MAIL_BACKEND` names this module."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else CheckedSMTP
