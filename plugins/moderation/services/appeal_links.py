"""Appeals by the link in the mail: signed for one person and one decision, so that who is suspended can appeal too."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from musicapp.errors import NotFound
from plugins.moderation.services.appealing import refuse_stranger


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="moderation.appeal")


def appeal_token(person_id: int, decision_id: int) -> str:
    """What the link in the mail about a decision carries; it opens nothing but this decision."""
    return str(signer().dumps([person_id, decision_id]))


def concern_of_token(token: str) -> tuple[int, int]:
    """Whom a link was made for, and the decision; raises NotFound for one that the site did not make."""
    try:
        person_id, decision_id = signer().loads(token)
        refuse_stranger(person_id, decision_id)
    except (BadSignature, ValueError, TypeError, NotFound):
        raise NotFound("This link is not whole, or the account that it was made for is gone.") from None
    return person_id, decision_id
