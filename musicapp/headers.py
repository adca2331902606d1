"""The headers on every answer: what pages may load and run, who may embed them, who may keep them."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g

from musicapp.mail.server import catches_mail
from musicapp.storage import media_store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

A_YEAR_S = 31536000
VARY = ("Cookie", "Accept")
SCRIPTS = "default-src 'none'; script-src 'self'"
THE_REST = (
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def csp_nonce() -> str:
    """The nonce of this answer, for the one style element that Turbo makes."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy(nonce: str = "", media_origin: str = "", *, frames: bool = False) -> str:
    """What an answer may load and run; only one that is a page needs a nonce. Pictures and sounds may also come from
    where the site keeps its files, if that is elsewhere. `frames` are for a site that shows caught mail: there every
    page may have some, since a visit to the next page leaves the policy of the first in force."""
    style = f"style-src 'self' 'nonce-{nonce}'" if nonce else "style-src 'self'"
    media = f"'self' {media_origin}".rstrip()
    framed = ("frame-src 'self'",) if frames else ()
    return "; ".join((SCRIPTS, style, f"img-src {media}", f"media-src {media}", *framed, THE_REST))


FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


class FixedHeaders:
    """Adds to every answer the headers that are always the same, unless the answer brings its own.

    As a step of WSGI this costs a request a twentieth of what it costs through Flask's header objects.
    """

    def __init__(self, app: "WSGIApplication", policy: str, site_url: str) -> None:
        self.app = app
        secure = (("Strict-Transport-Security", f"max-age={A_YEAR_S}"),) if site_url.startswith("https:") else ()
        headers = (("Content-Security-Policy", policy), *FIXED, *secure)
        self.fixed = [(name.lower(), (name, value)) for name, value in headers]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            there = {name.lower() for name, _ in headers}
            missing = [pair for name, pair in self.fixed if name not in there]
            return start_response(status, headers + missing, *rest)

        return self.app(environ, start)


def page_policy(nonce: str) -> str:
    """The policy of a page of this site."""
    return content_security_policy(nonce, media_store().origin, frames=catches_mail())


def add_headers(response: Response) -> Response:
    """The headers that depend on what was answered and to whom."""
    headers = response.headers
    if "csp_nonce" in g and "Content-Security-Policy" not in headers:
        headers.add("Content-Security-Policy", page_policy(g.csp_nonce))
    if "Cache-Control" not in headers:
        headers.add("Cache-Control", "no-store" if g.get("signed_in_by") else "private, no-cache")
    if "Vary" in headers:
        response.vary.update(VARY)
    else:
        headers.add("Vary", ", ".join(VARY))
    return response


def init_app(app: Flask) -> None:
    app.after_request(add_headers)
    policy = content_security_policy(media_origin=app.extensions["media_store"].origin)
    app.wsgi_app = FixedHeaders(app.wsgi_app, policy, app.config["SITE_URL"])  # type: ignore[method-assign]
