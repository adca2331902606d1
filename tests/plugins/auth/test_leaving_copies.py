"""Claims about taking one's data along: whole or not at all, one at a time, for its owner alone, and gone in time."""

import io
import json
from zipfile import ZipFile

from flask import Flask

from tests.people import add_person, post, sign_in
from tests.plugins.auth.conftest import sent_by


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
    assert account["email"] == ada.email and account["roles"] == ["user"]
    assert ada.password.encode() not in answer.data and b"argon2" not in files.read("account/account.json")
    assert strangers.get(address).status_code == 404
    assert app.test_client().get(address).status_code in (302, 401)
