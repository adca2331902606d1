"""Who asks: what Flask-Login calls to learn it, from the session's cookie or from a token in a header."""

from typing import cast

from flask import Request, g, request, session
from flask_security.utils import set_request_attr
from itsdangerous import BadSignature

from plugins.auth.fresh import PROVEN_AT
from plugins.auth.services.person import Person, person_by_sign_in
from plugins.auth.services.sign_ins import Kind
from plugins.auth.services.state import state
from plugins.auth.services.tokens import tokens


def from_session(sign_in_id: str) -> Person | None:
    """The person of the sign-in that the cookie names; a good token wins over a cookie."""
    if from_token(request) is not None:
        return None
    return accepted(sign_in_id, "session", session.get(PROVEN_AT, 0))


def from_token(asked: Request) -> Person | None:
    """The person of the token in the headers, and nowhere else; asked for twice in a request, looked up once."""
    if "token_person" not in g:
        g.token_person = None
        if token := token_in(asked):
            try:
                claims = tokens().claims(token)
            except BadSignature:
                return None
            g.token_person = accepted(str(claims["jti"]), "token", claims["iat"])
    return cast("Person | None", g.token_person)


def token_in(asked: Request) -> str:
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return asked.headers.get("Authentication-Token", "").strip()


def accepted(sign_in_id: str, kind: Kind, proven_at: float) -> Person | None:
    """The person of a living sign-in; also tells the guard and Flask-Security's decorators how they came in."""
    found = person_by_sign_in(sign_in_id, kind)
    if found is None:
        return None
    person, stale = found
    if stale:
        state().last_used.note(sign_in_id)
    g.sign_in_id = sign_in_id
    g.signed_in_by = kind
    set_request_attr("fs_authn_via", kind)
    set_request_attr("fs_paa", proven_at)
    return person


def forget_who_asks() -> None:
    """Let the rest of this request see what has just begun or ended."""
    for name in ("_login_user", "token_person", "sign_in_id", "signed_in_by", "csrf_token"):
        g.pop(name, None)
