"""The link of an invitation: signed, so that the database holds nothing with which somebody could come in."""

from urllib.parse import parse_qs, urlsplit

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from plugins.auth.models import Invitation

LONGEST_CODE = 120


def code_of(invitation: Invitation) -> str:
    """The part of the link that lets somebody in."""
    return str(signer().dumps([invitation.id, invitation.stamp]))


def link_of(invitation: Invitation) -> str:
    """The whole address to give away; for one person it also says with which address they sign up."""
    email = invitation.address or None
    return url_for("auth.sign_up", invitation=code_of(invitation), email=email, _external=True)


def code_in(typed: str) -> str:
    """The code in what somebody pasted: the code itself, or the whole link."""
    typed = typed.strip()
    return parse_qs(urlsplit(typed).query).get("invitation", [""])[0] if "invitation=" in typed else typed


def read_code(code: str) -> tuple[int, str] | None:
    """The id and the stamp that a code names; None for one that this site never made."""
    try:
        invitation_id, stamp = signer().loads(code_in(code)[:LONGEST_CODE])
    except (BadSignature, ValueError, TypeError):
        return None
    return int(invitation_id), str(stamp)


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="auth.invitation")
