"""This browser: its session, what it is called, and whether somebody logged in with it before."""

import hashlib
import secrets
from typing import Any, cast

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug import Response

from musicapp.addresses import is_own_path
from musicapp.clock import now
from musicapp.security import signed_in, signed_in_by
from plugins.auth.fresh import note_proof
from plugins.auth.services.devices import device_name
from plugins.auth.services.entering import Entered, HalfWay, Visit
from plugins.auth.services.leaving.standing import IsLeaving
from plugins.auth.services.people import typed_address
from plugins.auth.services.sign_ins import end_sign_ins
from plugins.auth.services.suspending import IsSuspended
from plugins.auth.who_asks import forget_who_asks

COOKIE = "musicapp_device"
YEAR_S = 365 * 24 * 3600
MOST_ACCOUNTS = 5
STAYS_PROVEN_S = 15 * 60


def this_visit(address: str = "") -> Visit:
    """Where this request comes from, as the services want to know it."""
    known = device_cookie()
    key = known["id"] if account_sign(address) in known["accounts"] else ""
    return Visit(request.remote_addr or "", device_name(request.user_agent.string), key)


def begin_session(entered: Entered, *, remember: bool = False) -> None:
    """Let this browser be signed in; what its session held before, the CSRF token too, is dropped."""
    end_session()
    session["_user_id"] = entered.sign_in_id
    session["_fresh"] = True
    note_proof()
    session.permanent = remember


def lead_to_what_is_left(refused: IsLeaving | IsSuspended) -> ResponseReturnValue:
    """Lead somebody who does not come in, and has just proven whose account it is, to what they may do all the same."""
    session["proven"] = [refused.person_id, refused.stamp, now().timestamp()]
    return redirect(url_for("auth.stay" if isinstance(refused, IsLeaving) else "auth.suspended"), 303)


def proven_here() -> HalfWay | None:
    """Whose account, to which it does not come in, this browser proved to be its own in the last quarter of an hour."""
    person_id, stamp, at = session.get("proven", (0, "", 0))
    return HalfWay(person_id, stamp) if now().timestamp() - at < STAYS_PROVEN_S else None


def forget_proof() -> None:
    """Let this browser lead nobody any more to an account to which it does not come in."""
    session.pop("proven", None)


def end_session() -> None:
    """End the sign-in of this browser, if it has one, and empty its session."""
    person = signed_in()
    if person is not None and signed_in_by() == "session":
        end_sign_ins(person.id, only=person.sign_in_id)
    session.clear()
    forget_who_asks()


def remember_device(response: Response, address: str) -> None:
    """Note in this browser that it knows the account, so that strangers' wrong passwords do not keep it out."""
    known = device_cookie()
    accounts = [account_sign(address), *(sign for sign in known["accounts"] if sign != account_sign(address))]
    value = signer().dumps({"id": known["id"], "accounts": accounts[:MOST_ACCOUNTS]})
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, str(value), max_age=YEAR_S, secure=secure, httponly=True, samesite="Lax")


def device_cookie() -> dict[str, Any]:
    try:
        known: dict[str, Any] = signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        known = {"id": secrets.token_hex(16), "accounts": []}
    return known


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="auth.device")


def account_sign(address: str) -> str:
    return hashlib.sha256(typed_address(address).encode()).hexdigest()[:32]


def next_page(asked: str | None) -> str:
    """Where to go after logging in: the page of this site that was asked for, else the front page."""
    return asked if asked and is_own_path(asked) else url_for("site.home")


def as_json(endpoint: str) -> ResponseReturnValue:
    """The answer of the API to this same request."""
    return cast(ResponseReturnValue, current_app.view_functions[f"auth.api.{endpoint}"]())
