"""The one guard before every request."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from musicapp import errors
from musicapp.errors import Forbidden, wants_json
from musicapp.extensions import csrf
from musicapp.plugins.site import current_site

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SignedInBy = Literal["session", "token", ""]


@dataclass
class Identity:
    """What the plugin that knows people tells the kernel's guard; a site without one has only visitors.

    `login` is the endpoint that people who are not signed in are led to. `first_step` answers the endpoint that
    everybody is led to instead of any page, or nothing once the site is set up. `names` answers what people go by, by
    their ids; who is gone is missing. `called` answers the ids of those who go by exactly this name.
    `why_not` is the sentence for somebody whose rights do not reach.
    """

    login: str
    first_step: Callable[[], str | None]
    names: Callable[[Collection[int]], Mapping[int, str]]
    called: Callable[[str], Collection[int]]
    why_not: Callable[[], str] = lambda: errors.SENTENCES[403]


def signed_in() -> Any:
    """The person who asks, or None for a visitor."""
    if not hasattr(current_app, "login_manager"):
        return None
    person = current_user._get_current_object()
    return person if person is not None and person.is_authenticated else None


def signed_in_by() -> SignedInBy:
    """How the person of this request proved who they are; set by the plugin that knows people."""
    found: SignedInBy = g.get("signed_in_by", "")
    return found


def may(permission: str) -> bool:
    """Whether who asks holds a permission: `public`, `listen`, `member` or a right."""
    if permission == "public":
        return True
    if permission == "listen" and current_app.config["VISITORS"] != "nothing":
        return True
    person = signed_in()
    if person is None:
        return False
    return permission in ("listen", "member") or holds(person.role_names, permission)


def holds(role_names: frozenset[str], right: str) -> bool:
    """Whether one of these roles has a right; admins hold every right that exists."""
    roles = current_site().rights.get(right)
    return roles is not None and ("admin" in role_names or not roles.isdisjoint(role_names))


def guard() -> ResponseReturnValue | None:
    """Sign-in, CSRF and right, for every route; what declares nothing is not there."""
    if request.endpoint is None:
        return None
    permission = permission_of(request.endpoint)
    if permission is None:
        return errors.answer(404, errors.SENTENCES[404])
    identity: Identity | None = current_app.extensions.get("identity")
    if identity and not is_part_of_a_page(request.endpoint) and (step := identity.first_step()):
        return lead_to(step)
    if not may(permission):
        return turn_away()
    if request.method not in SAFE and needs_csrf_token():
        csrf.protect()
    return None


def permission_of(endpoint: str) -> str | None:
    route = current_site().routes.get(endpoint)
    return route.permission if route else current_app.extensions["permissions"].get(endpoint)


def is_part_of_a_page(endpoint: str) -> bool:
    return endpoint in ("static", "site.plugin_static", "site.bundle", "site.healthz", "site.readyz", "site.metrics")


def lead_to(step: str) -> ResponseReturnValue | None:
    if request.endpoint == step:
        return None
    if wants_json():
        return errors.answer(503, "This site is not set up yet. Open it in a browser to do so.")
    return redirect(url_for(step))


def turn_away() -> ResponseReturnValue:
    """Not signed in: to the log-in, or 401; signed in: 403."""
    identity: Identity | None = current_app.extensions.get("identity")
    if signed_in() is not None:
        raise Forbidden(identity.why_not() if identity else errors.SENTENCES[403])
    if wants_json() or identity is None:
        response = errors.answer(401, errors.SENTENCES[401])
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return redirect(url_for(identity.login, next=request.full_path.rstrip("?") if request.method == "GET" else None))


def needs_csrf_token() -> bool:
    """Whoever carries a session must show a token; so must every form. A call of the API by nobody changes nothing
    of anybody's."""
    if signed_in() is not None:
        return signed_in_by() != "token"
    return not wants_json()


def on_csrf_error(error: CSRFError) -> Response:
    return errors.answer(400, "This page was open too long, or came from elsewhere. Load it again and repeat.")


def refuse_open_routes(app: Flask) -> None:
    """The last step of the factory: a route for which nobody declared a permission stops the start."""
    routes, table = app.extensions["musicapp"].routes, app.extensions["permissions"]
    open_routes = [
        f"{rule.endpoint}  {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in routes and rule.endpoint not in table
    ]
    if open_routes and not stopped_halfway(app, open_routes):
        raise RuntimeError(
            "These routes declare no permission, so the site does not start:\n  " + "\n  ".join(open_routes)
        )


def stopped_halfway(app: Flask, open_routes: list[str]) -> bool:
    """Whether all of them belong to plugins that failed while they were registered; the guard answers 404 there."""
    stopped = {state.name for state in app.extensions["musicapp"].states.values() if state.state == "stopped"}
    return all(route.partition(".")[0] in stopped for route in open_routes)


def init_app(app: Flask) -> None:
    app.extensions["permissions"] = {"static": "public"}
    csrf.init_app(app)
    app.register_error_handler(CSRFError, on_csrf_error)
    app.before_request(guard)
