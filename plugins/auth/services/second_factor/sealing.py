"""The secrets of second factors at rest: sealed with a key that is derived from the site's own secret."""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def sealed(secret: str) -> str:
    """A secret as the database keeps it."""
    return cipher().encrypt(secret.encode()).decode()


def opened(text: str) -> str | None:
    """The secret again; None when it was sealed by a site with another secret."""
    try:
        return cipher().decrypt(text).decode()
    except InvalidToken:
        return None


def cipher() -> Fernet:
    key = hmac.digest(current_app.config["SECRET_KEY"].encode(), b"auth.second_factor", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))
