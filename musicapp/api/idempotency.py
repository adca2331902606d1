"""`Idempotency-Key`: the same call twice does its work once and answers alike."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask import Response, current_app, g, request

from musicapp.api.models import KeptAnswer
from musicapp.clock import now
from musicapp.database import insert_for, writing
from musicapp.errors import Conflict, Invalid

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(minutes=5)
KEPT_HEADERS = ("Location", "Content-Type")
LONGEST_KEY = 128


def answered_once(call: Callable[[], Any]) -> Response:
    """The answer of `call`, or the one that the same key got before; refusals and secrets (no-store) are not kept."""
    key = request.headers.get("Idempotency-Key", "")
    if request.method != "POST" or not key:
        return current_app.make_response(call())
    if len(key) > LONGEST_KEY:
        raise Invalid(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    caller = who_calls()
    kept = reserve(caller, key, fingerprint())
    if kept is not None:
        return kept
    try:
        response = current_app.make_response(call())
    except BaseException:
        release(caller, key)
        raise
    keep(caller, key, response)
    return response


def who_calls() -> str:
    """Keys are each caller's own: a sign-in's, or an address's."""
    return str(g.get("sign_in_id") or hashlib.sha256(f"address {request.remote_addr}".encode()).hexdigest()[:32])


def fingerprint() -> str:
    """What was asked: method, path and body, without reading large uploads into memory twice. Keyed, because a body
    may hold a password."""
    digest = hmac.new(current_app.config["SECRET_KEY"].encode(), digestmod="sha256")
    digest.update(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype == "multipart/form-data":
        for name, value in sorted(request.form.items(multi=True)):
            digest.update(f"{name}={value}\n".encode())
        for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
            digest.update(f"{name}:{file.filename}:".encode())
            digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
            file.stream.seek(0)
    else:
        digest.update(request.get_data())
    return digest.hexdigest()


def reserve(caller: str, key: str, asked: str) -> Response | None:
    """Take the key for this call; or answer as before, or refuse what is in flight or was another call."""
    mine = sa.and_(KeptAnswer.caller == caller, KeptAnswer.key == key)
    abandoned = sa.and_(KeptAnswer.status == 0, KeptAnswer.created_at < now() - GIVEN_UP_AFTER)
    with writing() as unit:
        unit.execute(sa.delete(KeptAnswer).where(mine, sa.or_(KeptAnswer.created_at < now() - KEPT_FOR, abandoned)))
        taken = insert_for(KeptAnswer).values(caller=caller, key=key, fingerprint=asked).on_conflict_do_nothing()
        fresh = unit.execute(taken.returning(KeptAnswer.key)).scalar()
        before = None if fresh else unit.scalars(sa.select(KeptAnswer).where(mine)).one_or_none()
    if before is None:
        return None
    if before.fingerprint != asked:
        raise Invalid("This Idempotency-Key was used for another call. Take a new key for each call.")
    if before.status == 0:
        raise Conflict("The same call is being answered right now. Ask again in a moment.")
    return Response(before.body, before.status, cast(dict[str, str], before.headers))


def keep(caller: str, key: str, response: Response) -> None:
    if response.status_code >= 400 or response.is_streamed or response.cache_control.no_store:
        release(caller, key)
        return
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    values = {"status": response.status_code, "body": response.get_data(as_text=True), "headers": headers}
    with writing() as unit:
        unit.execute(sa.update(KeptAnswer).where(KeptAnswer.caller == caller, KeptAnswer.key == key).values(**values))


def forget_kept_answers() -> None:
    """Drop what is kept for longer than a day."""
    with writing() as unit:
        unit.execute(sa.delete(KeptAnswer).where(KeptAnswer.created_at < now() - KEPT_FOR))


def release(caller: str, key: str) -> None:
    with writing() as unit:
        unit.execute(sa.delete(KeptAnswer).where(KeptAnswer.caller == caller, KeptAnswer.key == key))
