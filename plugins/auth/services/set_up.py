"""The first steps of a new site: a code that only its owner sees, the first admin, the site's name, the demo."""

import hmac
import logging
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import current_app

from musicapp import emit, throttle
from musicapp.database import after_commit, writing
from musicapp.errors import Conflict, Invalid
from musicapp.jobs import enqueue
from musicapp.site.stored_settings import store_settings
from plugins.auth.events import SetUpFinished
from plugins.auth.models import User
from plugins.auth.services import limits, passwords, roles
from plugins.auth.services.people import add_person, person_with_address
from plugins.auth.services.state import state

log = logging.getLogger(__name__)

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def is_set_up() -> bool:
    """Whether this site has an admin. Once it has, nothing is asked any more."""
    known = state()
    if not known.has_admin:
        known.has_admin = roles.any_admin()
    return known.has_admin


def address_file() -> Path:
    """Where the one-time address of the set-up lies, for the supervisor to show."""
    return Path(current_app.config["INSTANCE"]) / "run" / "setup-address"


def prepare() -> None:
    """At start: make the admin that the settings name, or note the address of the set-up for the owner to open."""
    email, password = current_app.config["ADMIN_EMAIL"], current_app.config["ADMIN_PASSWORD"]
    if not is_set_up() and email and password:
        add_named_admin("Admin", email, password)
    if is_set_up():
        address_file().unlink(missing_ok=True)
        if current_app.config["DEMO"]:
            load_demo_soon()
        return
    log.warning("This site has no admin yet. Set it up at %s", open_address())


def add_named_admin(name: str, email: str, password: str) -> None:
    """Make the admin of MUSICAPP_ADMIN_EMAIL; of several processes that start at once, one does."""
    try:
        passwords.refuse_weak(password, name, email, field="MUSICAPP_ADMIN_PASSWORD")
        make_first_admin(name, email, passwords.hashed(password))
    except Conflict:
        log.info("Another process made the first admin.")
    except Invalid as refused:
        log.error("The admin that the settings name cannot be made: %s", refused.errors)


def make_first_admin(name: str, email: str, password_hash: str) -> User:
    """The account that owns the site. Raises Conflict when there is an admin already."""
    with writing():
        roles.role_named("admin", lock=True)
        if roles.any_admin():
            raise Conflict("This site has an admin already. Log in as one.")
        user = person_with_address(email) or add_person(name, email, password_hash, "admin")
        user.password = password_hash
        roles.give_role(user.id, "admin")
        emit(SetUpFinished(user.id))
        after_commit(finish)
    return user


def finish() -> None:
    state().has_admin = True
    address_file().unlink(missing_ok=True)


def set_up(code: str, name: str, email: str, password: str, came_from: str) -> User:
    """Make the first admin for whoever has the one-time code. Raises Invalid by field, Conflict, TooOften."""
    throttle.spend([limits.set_up_from(came_from)])
    if not code_fits(code):
        raise Invalid("This is not the set-up code.", {"code": ["This is not the code that was printed at start."]})
    passwords.refuse_weak(password, name, email)
    return make_first_admin(name, email, passwords.hashed(password))


def code_fits(typed: str) -> bool:
    path = address_file()
    kept = code_in(path.read_text()) if path.exists() else ""
    return bool(kept) and hmac.compare_digest(kept.encode(), typed.strip().lower().encode())


def open_address() -> str:
    """The one-time address of the set-up; all processes of a site share it, and only its owner may read it."""
    path = address_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    code = code_in(path.read_text()) if path.exists() else ""
    address = f"{current_app.config['SITE_URL']}/setup?code={code or new_code()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(address)
    if code:
        draft.replace(path)
        return address
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()


def new_code() -> str:
    """Some eighty bits that can be read out: four groups of four letters."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def code_in(address: str) -> str:
    return parse_qs(urlsplit(address.strip()).query).get("code", [""])[0]


def name_site(name: str, time_zone: str) -> None:
    """What the site is called, and on which clock its days begin."""
    store_settings("site", {"name": name, "time_zone": time_zone})


def load_demo_soon() -> None:
    """Let a worker load what the plugins show of themselves; asked twice, it is done once."""
    with writing():
        enqueue("auth.load_demo", {}, key="once")


def add_demo_person(name: str, email: str, role: str) -> User:
    """Somebody for the demo, once. They log in with the password of MUSICAPP_ADMIN_PASSWORD, where that is set;
    else with one that `flask auth password-link` lets the owner choose."""
    known = person_with_address(email)
    if known is not None:
        return known
    password = current_app.config["ADMIN_PASSWORD"] or secrets.token_urlsafe(24)
    return add_person(name, email, passwords.hashed(password), role)
