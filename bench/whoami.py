"""What a request costs: who-am-I by token and a public page of the site beside a bare Flask route, in this process.

Rounds of all three take turns, so that a busy machine slows them alike; told is the CPU time of the best round.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask, Response, jsonify
from fresh import fresh_site
from werkzeug.test import EnvironBuilder

from musicapp.database import writing
from plugins.auth.services import entering, passwords, people, tokens

ROUNDS = 9
CALLS = 1000
PASSWORD = "a long one for a bench"


def site() -> tuple[Flask, str]:
    """A fresh site with one admin, and a token of theirs."""
    app = fresh_site(tempfile.mkdtemp(prefix="whoami-"), log_level="INFO")
    with app.app_context():
        with writing():
            people.add_person("Ada", "ada@example.org", passwords.hashed(PASSWORD), "admin")
        visit = entering.Visit("127.0.0.1", "bench")
        sign_in = entering.log_in("ada@example.org", PASSWORD, "token", visit).sign_in_id
        return app, tokens.token_of(sign_in)


def bare() -> Flask:
    """The least that answers as much JSON."""
    app = Flask("bare")

    @app.get("/api/account")
    def account() -> Response:
        person = {"id": 1, "name": "Ada", "email": "ada@example.org", "roles": ["admin"], "last_seen_at": None}
        return jsonify({"message": "", "data": person})

    return app


def caller(app: Any, path: str, **headers: str) -> Callable[[], None]:
    """One request of this address, at the border where a server hands it over."""
    environ = EnvironBuilder(path, headers=headers).get_environ()

    def call() -> None:
        statuses: list[str] = []
        body: Iterable[bytes] = app(dict(environ), lambda status, *_rest: statuses.append(status))
        b"".join(body)
        getattr(body, "close", lambda: None)()
        assert statuses == ["200 OK"], statuses

    return call


def cpu_us(call: Callable[[], None]) -> float:
    began = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - began) / CALLS * 1e6


def main() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # the log is written, to nowhere
    app, token = site()
    calls = {
        "bare Flask": caller(bare(), "/api/account"),
        "who am I, by token": caller(app, "/api/account", Authorization=f"Bearer {token}"),
        "healthz": caller(app, "/healthz"),
    }
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        best = {name: min(best[name], cpu_us(call)) for name, call in calls.items()}
    for name, took_us in best.items():
        print(f"{name:20} {took_us:6.0f} µs   {took_us / best['bare Flask']:4.1f} times bare Flask")


if __name__ == "__main__":
    main()
