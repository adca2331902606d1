"""Before what is dangerous: whether who asks showed a short while ago that they are who they are."""

from datetime import timedelta
from typing import cast

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.clock import now
from musicapp.errors import Forbidden, wants_json
from musicapp.security import signed_in, signed_in_by
from plugins.auth.services.sign_ins import began_with_password

FRESH_FOR = timedelta(minutes=15)
PROVEN_AT = "fs_paa"
AGAIN = {
    "session": "For this, type your password again at /account/verify, then repeat it within 15 minutes.",
    "token": "For this, log in again with POST /api/login, and use the new token within 15 minutes.",
}


def ask_again_unless_fresh(back_to: str = "") -> ResponseReturnValue | None:
    """None within 15 minutes of a password, else the way to the page that asks for it; the API refuses with 403.

    Call it first in a view behind `permission="member"` or a right: `if asked := ask_again_unless_fresh(): return
    asked`. The page leads back to `back_to`, by default to the page that was asked for; name it where a form is sent.
    """
    if is_fresh():
        return None
    if wants_json():
        raise Forbidden(AGAIN[signed_in_by() or "session"])
    asked = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("auth.verify", next=back_to or asked or None))


def is_fresh() -> bool:
    """Whether who asks gave their password less than 15 minutes ago; a token that they named and kept never counts."""
    if signed_in_by() == "session":
        return now().timestamp() - cast(float, session.get(PROVEN_AT, 0)) < FRESH_FOR.total_seconds()
    return began_with_password(signed_in().sign_in_id, now() - FRESH_FOR)


def note_proof() -> None:
    """Let this browser count as fresh from now on."""
    session[PROVEN_AT] = now().timestamp()
