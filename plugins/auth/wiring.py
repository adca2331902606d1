"""Flask-Security in this site: its models, hashes, links and decorators, and what of it we replace.

Replaced are the look-ups of who asks and the serializer of its token; taken out are three hooks that it and
Flask-Login put before and after every request, because they load the person even where nobody asks for them.
"""

from datetime import timedelta
from functools import cached_property, partial
from typing import Any, NoReturn

from flask import Flask, Response, current_app
from flask.ctx import _AppCtxGlobals
from flask_login import current_user
from flask_principal import Identity as PrincipalIdentity
from flask_principal import RoleNeed, UserNeed, identity_changed
from flask_security import Security, SQLAlchemyUserDatastore

from musicapp.database import db
from musicapp.errors import SENTENCES, Forbidden, wants_json
from musicapp.security import Identity, turn_away
from plugins.auth import who_asks
from plugins.auth.models import Role, User
from plugins.auth.services import second_factor
from plugins.auth.services.last_used import LastUsed
from plugins.auth.services.people import names_of, people_called
from plugins.auth.services.person import lookup_for
from plugins.auth.services.set_up import is_set_up
from plugins.auth.services.state import State
from plugins.auth.services.tokens import Tokens

ARGON2 = {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}
ARGON2_IN_TESTS = {"argon2__memory_cost": 8, "argon2__time_cost": 1, "argon2__parallelism": 1}


def init_app(app: Flask) -> None:
    app.config.update(settings(app))
    json = app.json
    security = Security(app, SQLAlchemyUserDatastore(db, User, Role), register_blueprint=False)
    app.json = json  # Flask-Security puts its own in its place, without our settings
    security.remember_token_serializer = Tokens(  # type: ignore[assignment]
        app.config["SECRET_KEY"], app.config["SITE_URL"]
    )
    security.want_json(lambda _request: wants_json())
    security.unauthn_handler(on_visitor)
    security.unauthz_handler(on_missing_right)
    replace_lookups(app, security)
    with app.app_context():
        app.extensions["auth"] = State(lookup_for(db.engine), LastUsed(app))
    app.extensions["identity"] = Identity(
        login="auth.log_in",
        first_step=first_step,
        names=names_of,
        called=partial(people_called, limit=50),
        why_not=why_not,
    )


def settings(app: Flask) -> dict[str, Any]:
    return {
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=5),
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=1),
        "SECURITY_CSRF_PROTECT_MECHANISMS": ["session", "basic"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": ARGON2_IN_TESTS if app.testing else ARGON2,
        "SECURITY_PASSWORD_SCHEMES": ["argon2", "bcrypt"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_TOKEN_MAX_AGE": timedelta(days=30),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=365),  # the sign-in row decides; the cookie only lasts as long
        "REMEMBER_COOKIE_NAME": "musicapp_no_such_cookie",  # Flask-Login would ask another's before our token
    }


def replace_lookups(app: Flask, security: Security) -> None:
    """Ask the sign-in rows; build Flask-Principal's identity only for a decorator that wants one."""
    logins = security.login_manager
    logins.user_loader(who_asks.from_session)
    logins.request_loader(who_asks.from_token)
    logins.session_protection = None
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    identity_changed.disconnect(security.principal._on_identity_changed, app)
    app.after_request_funcs[None].remove(logins._update_remember_cookie)
    app.app_ctx_globals_class = Globals


class IdentityWhenAsked(PrincipalIdentity):  # type: ignore[misc]
    """What Flask-Security's role decorators ask: the roles of who is signed in."""

    def __init__(self) -> None:
        self.id = self.auth_type = None

    @property
    def provides(self) -> set[Any]:
        if not current_user.is_authenticated:
            return set()
        return {UserNeed(current_user.fs_uniquifier), *map(RoleNeed, current_user.role_names)}


class Globals(_AppCtxGlobals):
    """Flask's `g`, where `g.identity` is there from the start."""

    @cached_property
    def identity(self) -> IdentityWhenAsked:
        return IdentityWhenAsked()


def first_step() -> str | None:
    """Everybody is led to the set-up while the site has no admin."""
    return None if is_set_up() else "auth.set_up"


def why_not() -> str:
    """What is said to somebody whose rights do not reach: that those of staff rest, where that is why."""
    withheld = getattr(current_user, "withheld", None)
    return second_factor.WITHHELD if withheld else SENTENCES[403]


def on_visitor(mechanisms: list[str], headers: dict[str, str] | None = None) -> Response:
    """What `@auth_required` answers to somebody who is not signed in: the same as the guard."""
    return current_app.make_response(turn_away())


def on_missing_right(_name: str, _wanted: list[str] | None) -> NoReturn:
    raise Forbidden(why_not())
