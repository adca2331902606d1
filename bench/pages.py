"""What does a page cost? Processor time of pages as a visitor, a listener with an account and an admin ask for them.

    python bench/pages.py
    python bench/pages.py --songs 20000 --rounds 9

A fresh site is filled with a made-up library and set up as an owner would do it, time zone and all. Its pages are asked
for in this process, without Redis, so that nothing is taken from a cache; rounds of all pages take turns, so that a
busy machine slows them alike, and told is the best round of each.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from admin import client_of
from flask import Flask
from flask.testing import FlaskClient
from fresh import fresh_site
from library import fill

from musicapp.database import close_connections, writing
from musicapp.site.stored_settings import store_settings
from plugins.auth.services import entering, passwords, people

ZONE = "Europe/Berlin"
CALLS = 5
WARM_UP = 3
PASSWORD = "a long one for a bench"
OPEN = ("/", "/songs", "/albums/1", "/artists/1", "/songs/1", "/search?q=love")
PAGES = {
    "visitor": OPEN,
    "user": (*OPEN, "/inbox", "/playlists/", "/account"),
    "admin": ("/", "/admin", "/people", "/moderation", "/jobs", "/settings"),
}


def signed_in(app: Flask, role: str) -> FlaskClient:
    """The browser of somebody with this role, who is added for it."""
    address = f"{role}@example.org"
    with app.app_context():
        with writing():
            people.add_person(role.title(), address, passwords.hashed(PASSWORD), role)
        visit = entering.Visit("127.0.0.1", "bench")
        return client_of(app, entering.log_in(address, PASSWORD, "session", visit).sign_in_id)


def cpu_ms(client: FlaskClient, path: str, calls: int) -> float:
    """The processor time of one request of a page, of so many in a row."""
    began = time.process_time()
    for _ in range(calls):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
    return (time.process_time() - began) / calls * 1000


def measure(browsers: dict[str, FlaskClient], rounds: int) -> dict[tuple[str, str], float]:
    """The best round of each page, by who asks for it."""
    asked = [(who, path) for who in browsers for path in PAGES[who]]
    for who, path in asked:
        cpu_ms(browsers[who], path, WARM_UP)
    best = dict.fromkeys(asked, float("inf"))
    for _ in range(rounds):
        best = {(who, path): min(ms, cpu_ms(browsers[who], path, CALLS)) for (who, path), ms in best.items()}
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--songs", type=int, default=2_000, help="how many songs the site has (at most 200000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each page is measured (at most 50)")
    chosen = parser.parse_args()
    if not 100 <= chosen.songs <= 200_000 or not 1 <= chosen.rounds <= 50:
        parser.error("--songs is from 100 to 200,000, --rounds from 1 to 50")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        app = fresh_site(folder)
        browsers = {role: signed_in(app, role) for role in ("user", "admin")}
        with app.app_context():
            store_settings("site", {"time_zone": ZONE})
            fill(chosen.songs, with_peaks=True, with_search=True)
        for (who, path), ms in measure({"visitor": app.test_client(), **browsers}, chosen.rounds).items():
            print(f"{who:9} {path:16} {ms:6.1f} ms")
        close_connections(app)


if __name__ == "__main__":
    main()
