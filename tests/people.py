"""People for tests: somebody with an account, signed in in a browser or with a token."""

import re
from dataclasses import dataclass
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from musicapp.database import writing
from plugins.auth.services import entering, passwords, people, roles, tokens
from plugins.auth.services.state import state

PASSWORD = "a long one indeed"
numbers = count(1)


@dataclass(frozen=True)
class Somebody:
    """An account of a test, with what one must know to sign in."""

    id: int
    name: str
    email: str
    password: str = PASSWORD


def add_person(
    app: Flask, name: str = "Ada", role: str = "user", password: str = PASSWORD, email: str = ""
) -> Somebody:
    """Add a confirmed account; the site counts as set up from then on, so that its pages open."""
    email = email or f"{re.sub(r'[^a-z0-9]', '', name.lower()) or 'person'}{next(numbers)}@example.org"
    with app.app_context():
        user = people.add_person(name, email, passwords.hashed(password), role)
        somebody = Somebody(user.id, user.name, user.email, password)
    set_up(app)
    return somebody


def set_up(app: Flask) -> None:
    """Give the site an admin, so that visitors are no longer led to the set-up."""
    with app.app_context():
        if not roles.any_admin():
            admin = f"owner{next(numbers)}@example.org"
            with writing():
                people.add_person("Owner", admin, passwords.hashed(PASSWORD), "admin")
        state().has_admin = True


def sign_in(client: FlaskClient, person: Somebody, *, remember: bool = False) -> TestResponse:
    """Log somebody in in a browser, by the page's own form."""
    fields = {"email": person.email, "password": person.password, **({"remember": "y"} if remember else {})}
    response = post(client, "/login", fields)
    assert response.status_code == 302, response.text
    return response


def post(client: FlaskClient, path: str, fields: dict[str, str] | None = None, page: str = "/login") -> TestResponse:
    """Send a form as the browser would, with the CSRF token of this session."""
    return client.post(path, data={"csrf_token": csrf_token(client, page), **(fields or {})})


def csrf_token(client: FlaskClient, page: str = "/login") -> str:
    """The token that the pages of this session carry."""
    response = client.get(page, follow_redirects=True)
    found = re.search(r'<meta name="csrf-token" content="([^"]+)">', response.text)
    assert found is not None, f"{page} carries no CSRF token: {response.status}"
    return found.group(1)


def token_of(app: Flask, person: Somebody) -> str:
    """A living token of somebody, as POST /api/login gives it."""
    with app.app_context():
        visit = entering.Visit("127.0.0.1", "tests")
        return tokens.token_of(entering.log_in(person.email, person.password, "token", visit).sign_in_id)


def bearer(app: Flask, person: Somebody) -> dict[str, str]:
    """The header that a program of this person sends."""
    return {"Authorization": f"Bearer {token_of(app, person)}"}
