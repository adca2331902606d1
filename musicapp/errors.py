"""Errors that services raise, and the page or JSON that each becomes: a sentence for the person who reads it."""

import logging
from collections.abc import Callable
from typing import Any, cast

from blinker import Namespace
from flask import Flask, Response, current_app, g, jsonify, render_template, request
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)

failed = Namespace().signal("failed")
"""Sent by the app with the `error` of a request that it answers with 500 or more."""


class Refused(Exception):
    """Something that cannot be done; the message is a sentence for the person who asked."""

    status = 400

    def __init__(self, sentence: str, errors: dict[str, list[str]] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.errors = errors or {}
        self.headers: dict[str, str] = {}


class Forbidden(Refused):
    """They may know of it, but not do this."""

    status = 403


class NotFound(Refused):
    """It is not there, or they may not know of it."""

    status = 404


class Conflict(Refused):
    """Somebody or something else was first."""

    status = 409


class TooLarge(Refused):
    status = 413


class WrongKind(Refused):
    """A file that is not of the kind that belongs here."""

    status = 415


class Invalid(Refused):
    """What was given breaks a rule; `errors` names the fields."""

    status = 422


class TooOften(Refused):
    status = 429

    def __init__(self, sentence: str, retry_after_s: int) -> None:
        super().__init__(sentence)
        self.headers["Retry-After"] = str(max(1, retry_after_s))


class Unavailable(Refused):
    status = 503

    def __init__(self, sentence: str, retry_after_s: int = 5) -> None:
        super().__init__(sentence)
        self.headers["Retry-After"] = str(max(1, retry_after_s))


def is_found(find: Callable[..., object], *asked: object) -> bool:
    """Whether a search that raises NotFound finds what was asked for, in the eyes of who asks."""
    try:
        find(*asked)
    except NotFound:
        return False
    return True


SENTENCES = {
    400: "The site could not read this request.",
    401: "Please log in first.",
    403: "Your account may not do this.",
    404: "There is nothing here, or you may not see it.",
    405: "This address does not take that kind of request.",
    408: "The request took too long to arrive.",
    409: "Something else was first. Load the page again and repeat what you did.",
    413: "This is larger than the site takes.",
    415: "This is not the kind of file that belongs here.",
    422: "Some of what you sent does not fit.",
    429: "That was too often. Wait a little and try again.",
    500: "Something went wrong on our side. It is in the site's log under the number below.",
    503: "The site cannot do this right now. Try again in a moment.",
}


DATABASE_AWAY = "The site's database does not answer right now. Try again in a minute."
DATABASE_TAKES_NOTHING = "The site's database takes nothing right now, so this was not saved. Try again in a minute."
AWAY_S = 60
BEYOND_ITS_LIMITS = "54"
"""The class of PostgreSQL's codes for too many columns, arguments and the like."""

BARE_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>This did not work</title>
<h1>This did not work</h1><p>{sentence}</p><p>{number}</p></html>
"""


def wants_json() -> bool:
    """Whether the answer should be JSON: the API always, other paths when the client says so."""
    if request.path.startswith("/api/") or request.is_json:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes[best] > request.accept_mimetypes["text/html"]


def answer(status: int, sentence: str, errors: dict[str, list[str]] | None = None) -> Response:
    """An error as the reader wants it: a page, or `{"message", "errors"}`."""
    if wants_json():
        response = jsonify({"message": sentence, "errors": errors or {}})
    else:
        response = Response(error_page(status, sentence, errors or {}), mimetype="text/html")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def error_page(status: int, sentence: str, errors: dict[str, list[str]]) -> str:
    """The page of an error; a bare one when the site's own cannot be made, as with the database away."""
    context: dict[str, Any] = {"status": status, "sentence": sentence, "errors": errors, "request_id": request_id()}
    try:
        return render_template("errors/page.html", **context)
    except Exception:
        if status < 500:
            raise
        log.exception("The error page itself failed.")
        return BARE_PAGE.format(sentence=escape(sentence), number=escape(request_id()))


def request_id() -> str:
    return str(g.get("request_id", ""))


def on_refused(error: Refused) -> Response:
    tell_of(error, error.status)
    response = answer(error.status, error.sentence, error.errors)
    response.headers.extend(error.headers)
    return response


def on_http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return cast(Response, Response.force_type(error.get_response(), request.environ))
    tell_of(error, error.code)
    response = answer(error.code, SENTENCES.get(error.code, error.description or "This did not work."))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "Content-Range"):
            response.headers[name] = value
    return response


def on_database_error(error: OperationalError) -> Response:
    """Tell a database that is away, locked or full from a slip of ours: here it helps to try again."""
    if not is_away(error):
        return on_crash(error)
    log.error("%s %s failed, for the database: %s", request.method, request.path, error.orig)
    tell_of(error, 503)
    response = answer(503, DATABASE_AWAY if request.method in ("GET", "HEAD") else DATABASE_TAKES_NOTHING)
    response.headers["Retry-After"] = str(AWAY_S)
    return response


def is_away(error: OperationalError) -> bool:
    """Whether the database could not work at all; by the same class SQLite's driver says that a statement is wrong, and
    PostgreSQL's that one asks for more than it can ever do."""
    if (getattr(error.orig, "sqlstate", None) or "").startswith(BEYOND_ITS_LIMITS):
        return False
    return getattr(error.orig, "sqlite_errorname", "") != "SQLITE_ERROR"


def on_crash(error: Exception) -> Response:
    log.exception("%s %s failed.", request.method, request.path)
    tell_of(error, 500)
    return answer(500, SENTENCES[500], {"request": [request_id()]} if wants_json() else None)


def tell_of(error: Exception, status: int) -> None:
    """Tell who counts what breaks; people are not kept from their answer by that."""
    if status < 500:
        return
    try:
        failed.send(current_app._get_current_object(), error=error)  # type: ignore[attr-defined]
    except Exception:
        log.exception("That a request failed was not counted.")


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(HTTPException, on_http_error)
    if not app.config["PROPAGATE_EXCEPTIONS"]:
        app.register_error_handler(OperationalError, on_database_error)
        app.register_error_handler(Exception, on_crash)
