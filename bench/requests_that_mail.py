"""What mail and jobs add to a request while Redis and the mail server are silent: they take every connection and never
say a word, which is worse than being away. The same requests are put to a site that has neither.

The two sites take turns, so that a busy machine slows them alike.
"""

import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from fresh import fresh_site

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.models import Job
from musicapp.mail.models import Mail
from musicapp.site.stored_settings import store_settings
from plugins.auth.services import passwords, people, tokens
from plugins.catalog.models import Album, Artist, ArtistMember

ROUNDS = 60
LONGEST_MS = 100
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a comment that is mailed": ("/api/albums/1/comments", {"text": "Which key is this?"}),
    "an export that is begun": ("/api/exports", {"name": "catalog.my_favourites"}),
}


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as server:

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1]


class Site:
    """A fresh site whose artist wants comments by mail, and a program of a listener that asks it."""

    def __init__(self, **settings: Any) -> None:
        self.app: Flask = fresh_site(tempfile.mkdtemp(prefix="mailing-"), **settings)
        with self.app.app_context():
            with writing() as unit:
                ada = people.add_person("Ada", "ada@example.org", passwords.hashed("a long one for a bench"), "admin")
                nils = people.add_person("Nils", "nils@example.org", "-")
                artist = Artist(name="Ada", name_key="ada", founder_id=ada.id)
                unit.add(artist)
                unit.flush()
                unit.add(ArtistMember(artist_id=artist.id, user_id=ada.id))
                unit.add(Album(artist_id=artist.id, title="Neap", title_key="neap", published_at=now()))
            store_settings("catalog", {"comments_in_ten_minutes": 10_000})
            store_settings("reports", {"exports_at_once": 100})
            self.asks = bearer(nils.id)
            self.client: FlaskClient = self.app.test_client()
            wish = {"preferences": {"catalog.comment": {"email": True}}}
            assert self.client.put("/api/inbox/preferences", json=wish, headers=bearer(ada.id)).status_code == 200

    def ask_ms(self, path: str, body: dict[str, Any]) -> float:
        """How long one request takes."""
        began = time.perf_counter()
        answer = self.client.post(path, json=body, headers=self.asks)
        took = time.perf_counter() - began
        assert answer.status_code < 300, answer.text
        return took * 1000

    def brought_about(self) -> tuple[int, int]:
        """How many mails and jobs there are."""
        with self.app.app_context():
            mails, jobs = (session().scalar(sa.select(sa.func.count()).select_from(table)) for table in (Mail, Job))
            return mails or 0, jobs or 0


def bearer(person_id: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.make_named_token(person_id, 'bench', 1)[1]}"}


def main() -> int:
    with silent_server() as redis_port, silent_server() as mail_port:
        mail = {"mail_server": "127.0.0.1", "mail_port": mail_port, "mail_encryption": "none"}
        silent, without = Site(redis_url=f"redis://127.0.0.1:{redis_port}/0", **mail), Site()
        most = 0.0
        for name, (path, body) in REQUESTS.items():
            pairs = [(silent.ask_ms(path, body), without.ask_ms(path, body)) for _ in range(ROUNDS)]
            told = [f"{median(times):.1f} ms, the slowest {max(times):.1f} ms" for times in zip(*pairs, strict=True)]
            print(f"{name}: {told[0]}; without: {told[1]}")
            most = max(most, median(with_ms - without_ms for with_ms, without_ms in pairs))
        print("mails and jobs that wait: {} and {}".format(*silent.brought_about()))
        print("mails and jobs without servers: {} and {}".format(*without.brought_about()))
    return most >= LONGEST_MS


if __name__ == "__main__":
    sys.exit(main())
