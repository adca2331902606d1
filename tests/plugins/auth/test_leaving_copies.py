"""Claims about taking one's data along: whole or not at all, one at a time, for its owner alone, and gone in time."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import LeaseLost, RunningJob, claim
from musicapp.jobs import services as jobs
from musicapp.jobs.keeping import Keeper
from musicapp.storage import media_store
from plugins.auth.models import DataCopy
from plugins.auth.services.copies import clearing, listing, making, starting
from plugins.auth.services.copies.zipping import ZipStream
from tests.conftest import on_one_database
from tests.people import add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import at_once, sent_by
from tests.plugins.catalog.music import work


def test_everybody_takes_their_data_from_their_own_page(app: Flask) -> None:
    ada, bob = add_person(app), add_person(app, "Bob")
    browser, strangers = app.test_client(), app.test_client()
    sign_in(browser, ada)
    sign_in(strangers, bob)
    assert "Make a copy of my data" in browser.get("/account/data").text
    assert post(browser, "/account/data", page="/account/data").status_code == 303
    assert "It begins as soon as" in browser.get("/account/data").text
    sent_by(app)
    page = browser.get("/account/data").text
    [address] = [part.split('"')[0] for part in page.split('href="') if part.startswith("/account/data/files/")]
    answer = browser.get(address, buffered=True)
    assert answer.mimetype == "application/zip"
    files = ZipFile(io.BytesIO(answer.data))
    assert files.testzip() is None
    account = json.loads(files.read("account/account.json"))
    assert json.loads(files.read("account/acts-about-me.json")) == []
    assert account["email"] == ada.email and account["roles"] == ["user"]
    assert ada.password.encode() not in answer.data and b"argon2" not in files.read("account/account.json")
    assert strangers.get(address).status_code == 404
    assert app.test_client().get(address).status_code in (302, 401)


def test_one_copy_is_made_at_a_time_a_few_a_day_and_each_goes_when_its_days_are_over(app: Flask) -> None:
    ada, client = add_person(app), app.test_client()
    headers = bearer(app, ada)
    first, second = (client.post("/api/account/data", headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json["data"]["id"] == second.json["data"]["id"]
    bob = add_person(app, "Bob")
    at_once(app, *[lambda: starting.start_copy(bob.id)] * 5)
    with app.app_context():
        assert len(listing.copies_of(bob.id)) == 1
        clearing.remove(DataCopy.user_id == bob.id)
    work(app)
    [ready] = client.get("/api/account/data", headers=headers).json["data"]
    assert ready["state"] == "ready" and len(files_in_store(app)) == 1
    client.post("/api/account/data", headers=headers)
    work(app)
    newer, older = client.get("/api/account/data", headers=headers).json["data"]
    assert (newer["state"], older["state"]) == ("ready", "expired") and len(files_in_store(app)) == 1
    assert client.get(ready["file_url"], headers=headers).status_code == 404
    with app.app_context():
        with writing() as unit:
            unit.execute(sa.update(DataCopy).values(expires_at=now() - timedelta(seconds=1)))
        assert clearing.remove_expired() == 1
    assert files_in_store(app) == [] and client.get(newer["file_url"], headers=headers).status_code == 404
    assert client.post("/api/account/data", headers=headers).status_code == 202
    work(app)
    last = client.get("/api/account/data", headers=headers).json["data"][0]
    assert client.delete(f"/api/account/data/{last['id']}", headers=headers).status_code == 200
    assert files_in_store(app) == []
    assert client.post("/api/account/data", headers=headers).status_code == 429


def test_a_copy_that_fails_leaves_nothing_and_does_not_stand_in_the_way(app: Flask) -> None:
    ada = add_person(app)
    with app.app_context():
        starting.start_copy(ada.id)
        held = claim()
        assert held is not None
        with writing():
            jobs.cancel(held.id)  # as where another worker took it over
        job = RunningJob(held, Keeper(app, held))
        with pytest.raises(LeaseLost):
            making.make_copy(job, 1)
        assert listing.copies_of(ada.id)[0].state == "failed"
        assert starting.start_copy(ada.id)
    assert files_in_store(app) == []
    work(app)
    assert len(files_in_store(app)) == 1


def files_in_store(app: Flask) -> list[str]:
    """The files of copies, and parts of them."""
    with app.app_context():
        return [*media_store().walk("copies"), *map(str, (media_store().root / "parts").glob("*"))]


def test_a_zip_takes_no_memory_for_what_goes_through_it() -> None:
    def noise() -> Iterator[bytes]:
        for number in range(200):
            yield bytes([number]) * (1 << 18)

    stream = ZipStream([("sound.mp3", noise()), ("words.json", noise())], now())
    tracemalloc.start()
    size_bytes = 0
    while piece := stream.read(1 << 16):
        size_bytes += len(piece)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (stream.files_count, stream.bytes_count) == (2, 100 << 20)
    assert size_bytes > 50 << 20 and peak_bytes < 4 << 20


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.json", "a/../b", "", "a//b"])
def test_no_name_leads_out_of_the_zip(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        ZipStream([(name, "{}")], now()).read()


@on_one_database
def test_a_copy_that_fails_does_not_hide_the_one_before(app: Flask) -> None:
    ada, browser = add_person(app), app.test_client()
    sign_in(browser, ada)
    post(browser, "/account/data", page="/account/data")
    work(app)
    post(browser, "/account/data", page="/account/data")
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(DataCopy).where(DataCopy.state == "open").values(state="failed"))
    page = browser.get("/account/data").text
    assert "could not be made" in page and "Your data are ready." in page and "/account/data/files/" in page
    post(browser, "/account/data", page="/account/data")
    page = browser.get("/account/data").text
    assert "could not be made" not in page and "How far it is" in page
