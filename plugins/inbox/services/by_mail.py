"""Preferences by the link in every mail: signed for one person, good for nothing but to choose what they are told."""

from typing import cast

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from musicapp.errors import NotFound
from plugins.auth.services import Person, person_with_id


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="inbox.preferences")


def preferences_url(person_id: int) -> str:
    """The whole address at which somebody chooses what they are told, without a log-in; it never expires, as mails are
    kept for years."""
    return url_for("inbox.preferences_by_mail", token=signer().dumps(person_id), _external=True)


def person_of_token(token: str) -> Person:
    """Whose preferences a link opens; raises NotFound for one that the site did not make."""
    try:
        return cast(Person, person_with_id(signer().loads(token)))
    except (BadSignature, NotFound):
        raise NotFound("This link is not whole, or the account that it was made for is gone.") from None


def veiled(address: str) -> str:
    """An address as its owner knows it again and nobody else learns it: ada@example.org → a…@example.org."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
