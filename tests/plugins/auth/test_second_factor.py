"""The second factor: setting it up, logging in with it, recovery codes, and staff who must have one."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.audit.models import Act
from musicapp.database import db
from plugins.auth import fresh, half_way
from plugins.auth.models import RecoveryCode, SecondFactor, SignIn
from plugins.auth.services import passwords, second_factor
from tests.conftest import AppMaker, on_one_database
from tests.people import PASSWORD, Somebody, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import Travel, at_once, sent_by, started
from tests.plugins.auth.second_factors import Phone, switch_on

HALF_MINUTE = timedelta(seconds=30)


def log_in(app: Flask, person: Somebody, code: str | None = None) -> tuple[int, dict[str, list[str]]]:
    """What POST /api/login says to a program of theirs."""
    body = {"email": person.email, "password": person.password, **({} if code is None else {"code": code})}
    answer = app.test_client().post("/api/login", json=body)
    return answer.status_code, answer.json.get("errors", {})


def sign_ins(app: Flask, person: Somebody) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).where(SignIn.user_id == person.id)) or 0


def test_it_is_set_up_on_its_page_and_asked_for_from_then_on(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada, page = add_person(app), "/account/second-factor"
    at(timedelta(0))
    sign_in(client, ada)
    assert post(client, f"{page}/begin", page=page).location == page
    shown = client.get(page)
    assert "<svg" in shown.text and shown.headers["Cache-Control"] == "no-store"
    phone = Phone(re.search(r"<code>([A-Z2-7 ]+)</code>", shown.text)[1])

    wrong = post(client, f"{page}/confirm", {"code": "12 34"}, page=page)
    assert wrong.status_code == 422 and "does not fit" in wrong.text
    assert sign_ins(app, ada) == 1 and log_in(app, ada)[0] == 200

    confirmed = post(client, f"{page}/confirm", {"code": phone.code()}, page=page)
    codes = re.findall(r"<li><code>([a-z2-9-]{19})</code>", confirmed.text)
    assert len(set(codes)) == 10 and confirmed.headers["Cache-Control"] == "no-store"
    kept = post(client, f"{page}/codes.txt", {"codes": " ".join(codes)}, page=page)
    assert kept.mimetype == "text/plain" and "attachment" in kept.headers["Content-Disposition"]
    assert all(code in kept.text for code in codes)
    assert post(client, f"{page}/codes.txt", {"codes": "aaaa-aaaa-aaaa-aaaa"}, page=page).status_code == 409
    assert not any(code in client.get(page).text for code in codes)
    assert post(client, f"{page}/confirm", {"code": phone.code()}, page=page).location == page
    assert "is on already" in client.get(page).text
    assert log_in(app, ada) == (401, {"code": ["Enter the code from your app, too."]})


@on_one_database
def test_nothing_that_is_kept_shows_a_secret_or_a_code(app: Flask) -> None:
    phone, codes = switch_on(app, add_person(app))
    with app.app_context():
        kept = db.session.scalars(sa.select(SecondFactor.sealed_secret)).one()
        hashes = set(db.session.scalars(sa.select(RecoveryCode.code_hash)))
        assert phone.secret not in kept and len(hashes) == 10 and hashes.isdisjoint(codes)


def test_a_browser_is_signed_in_only_after_the_code(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    at(timedelta(0))
    phone, _codes = switch_on(app, ada)
    fields = {"email": ada.email, "password": PASSWORD, "remember": "y", "next": "/account"}
    assert post(client, "/login", fields).location == "/login/code?next=/account"
    assert sign_ins(app, ada) == 0 and client.get("/account").status_code == 302
    assert 'inputmode="numeric"' in client.get("/login/code").text
    assert 'inputmode="numeric"' not in client.get("/login/code?recovery=1").text

    # The code that switched it on was used by that.
    used = post(client, "/login/code", {"code": phone.code()}, page="/login/code")
    assert used.status_code == 422 and "was used already" in used.text and sign_ins(app, ada) == 0

    at(HALF_MINUTE)
    done = post(client, "/login/code", {"code": phone.code(), "next": "/account"}, page="/login/code")
    assert done.location == "/account" and sign_ins(app, ada) == 1
    assert client.get("/account").status_code == 200
    assert "Max-Age" in done.headers["Set-Cookie"] or "Expires" in done.headers["Set-Cookie"]


@on_one_database
def test_being_half_way_ends_soon_and_with_a_new_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch, at: Travel
) -> None:
    ada = add_person(app)
    at(timedelta(0))
    _phone, codes = switch_on(app, ada)
    late, outdated = app.test_client(), app.test_client()
    for client in (late, outdated):
        post(client, "/login", {"email": ada.email, "password": PASSWORD})
    with app.app_context():
        passwords.set_password(ada.id, passwords.hashed("quite another one"))
    refused = post(outdated, "/login/code", {"code": codes[0]}, page="/login/code")
    assert refused.location == "/login" and sign_ins(app, ada) == 0

    later = half_way.now() + timedelta(minutes=11)
    monkeypatch.setattr(half_way, "now", lambda: later)
    assert late.get("/login/code").location == "/login"


def test_the_api_says_that_a_code_is_missing_only_after_a_right_password(
    app: Flask, client: FlaskClient, at: Travel
) -> None:
    ada = add_person(app)
    at(timedelta(0))
    phone, codes = switch_on(app, ada)
    wrong = client.post("/api/login", json={"email": ada.email, "password": "wrong", "code": codes[0]})
    assert wrong.status_code == 401 and wrong.json["errors"] == {}
    assert log_in(app, ada)[1].keys() == {"code"}
    assert log_in(app, ada, "000000")[1].keys() == {"code"}
    at(HALF_MINUTE)
    code = phone.code()
    assert [log_in(app, ada, code)[0] for _ in range(2)] == [200, 401]
    assert [log_in(app, ada, codes[3].upper().replace("-", " "))[0] for _ in range(2)] == [200, 401]


@on_one_database
def test_wrong_codes_are_a_pause_for_every_browser_together(app: Flask, at: Travel) -> None:
    ada = add_person(app)
    at(timedelta(0))
    _phone, codes = switch_on(app, ada)
    tries = [log_in(app, ada, "wrong")[0] for _ in range(11)]
    assert tries == [401] * 10 + [429]
    assert log_in(app, ada, codes[0])[0] == 429
    at(timedelta(minutes=15))
    assert log_in(app, ada, codes[0])[0] == 200


def test_of_many_uses_of_a_code_at_once_one_is_taken(app: Flask, at: Travel) -> None:
    ada = add_person(app)
    at(timedelta(0))
    phone, codes = switch_on(app, ada)
    at(HALF_MINUTE)
    for code in (phone.code(), codes[5]):
        taken: list[str] = []

        def use(code: str = code, taken: list[str] = taken) -> None:
            try:
                second_factor.prove(ada.id, code)
                taken.append(code)
            except second_factor.WrongCode:
                pass

        at_once(app, *[use] * 6)
        assert taken == [code]


def test_new_recovery_codes_make_those_before_void(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    at(timedelta(0))
    _phone, codes = switch_on(app, ada)
    post(client, "/login", {"email": ada.email, "password": PASSWORD})
    post(client, "/login/code", {"code": codes[0]}, page="/login/code")
    assert "9 of 10" in client.get("/account/second-factor").text
    made = post(client, "/account/second-factor/codes", page="/account").text
    newer = re.findall(r"<li><code>([a-z2-9-]{19})</code>", made)
    assert [log_in(app, ada, code)[0] for code in (codes[1], newer[1])] == [401, 200]


def test_it_is_switched_off_with_password_and_code_and_its_owner_is_told(mailing: Flask, at: Travel) -> None:
    ada, client = add_person(mailing), mailing.test_client()
    at(timedelta(0))
    _phone, codes = switch_on(mailing, ada)
    post(client, "/login", {"email": ada.email, "password": PASSWORD})
    post(client, "/login/code", {"code": codes[0]}, page="/login/code")
    page = "/account/second-factor"
    for fields in ({"password": "wrong", "code": codes[1]}, {"password": PASSWORD, "code": "000000"}):
        assert post(client, f"{page}/off", fields, page=page).status_code == 422
        assert log_in(mailing, ada)[0] == 401
    assert post(client, f"{page}/off", {"password": PASSWORD, "code": codes[1]}, page=page).location == page
    assert log_in(mailing, ada)[0] == 200
    mails = sent_by(mailing)
    subjects = [mail.subject.partition(" – ")[0] for mail in mails]
    assert subjects.count("Your second factor is on") == 1 and subjects.count("Your second factor is off") == 1
    used = [mail.body for mail in mails if mail.subject.startswith("A recovery code was used")]
    assert len(used) == 2 and all("knows your password used one of your recovery codes" in body for body in used)


def test_who_lost_everything_is_helped_by_a_command(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app)
    switch_on(app, ada)
    runner = app.test_cli_runner()
    arguments = ["auth", "reset-second-factor", ada.email, "--reason", "lost phone"]
    assert runner.invoke(args=arguments).output == "Ada can log in with the password alone now.\n"
    assert log_in(app, ada)[0] == 200
    again = runner.invoke(args=arguments)
    assert (again.exit_code, again.output) == (1, "Error: There is no second factor to switch off.\n")
    with app.app_context():
        acts = db.session.execute(sa.select(Act.action, Act.about_id, Act.reason).order_by(Act.id)).all()
        assert ("auth.second_factor_reset", ada.id, "lost phone") in [tuple(act) for act in acts]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode)) == 0


def test_an_admin_helps_somebody_else_and_not_themselves(app: Flask, client: FlaskClient) -> None:
    ada, mona = add_person(app), add_person(app, "Mona", "admin")
    sign_in(client, mona)
    header, other = bearer(app, mona), bearer(app, add_person(app, "Nils", "moderator"))
    for person in (ada, mona):
        switch_on(app, person)
    page, why, reason = f"/people/{ada.id}", {"why": "met her"}, {"reason": "met her"}
    assert "Switch off their second factor" in client.get(page).text
    assert "Switch off their second factor" not in client.get(f"/people/{mona.id}").text
    refused = post(client, f"/people/{mona.id}/second-factor/reset", why, page=page)
    assert refused.status_code == 403 and "password and a code" in refused.text
    assert post(client, f"{page}/second-factor/reset", page=page).status_code == 422
    program = app.test_client()
    assert program.delete(f"/api{page}/second-factor", json=reason, headers=other).status_code == 403
    assert post(client, f"{page}/second-factor/reset", why, page=page).status_code == 303
    assert log_in(app, ada)[0] == 200 and log_in(app, mona)[0] == 401
    assert program.delete(f"/api{page}/second-factor", json=reason, headers=header).status_code == 409


@on_one_database
def test_staff_can_be_required_to_have_one(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, at: Travel) -> None:
    monkeypatch.setenv("MUSICAPP_AUTH_SECOND_FACTOR", "staff")
    app = started(make_app)
    at(timedelta(0))
    mona, ada = add_person(app, "Mona", "admin"), add_person(app)
    client, header = app.test_client(), bearer(app, mona)
    assert sign_in(client, mona).location == "/account/second-factor"
    assert "do not work" in client.get("/account/second-factor").text
    refused = client.get("/setup/site")
    assert refused.status_code == 403 and "rest until yours is on" in refused.text
    assert "rest until yours is on" in client.get("/api/jobs", headers=header).json["message"]
    assert sign_in(app.test_client(), ada).location == "/"

    switch_on(app, mona)
    assert client.get("/setup/site").status_code == 200
    assert client.get("/api/jobs", headers=header).status_code == 200


@on_one_database
def test_a_stranger_at_an_open_browser_cannot_set_it_up(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, add_person(app))
    later = fresh.now() + timedelta(minutes=16)
    monkeypatch.setattr(fresh, "now", lambda: later)
    begun = post(client, "/account/second-factor/begin", page="/account")
    assert begun.location == "/account/verify?next=/account/second-factor"


@on_one_database
def test_a_site_with_another_secret_key_takes_recovery_codes_and_no_app(make_app: AppMaker, at: Travel) -> None:
    before = started(make_app)
    ada = add_person(before)
    at(timedelta(0))
    phone, codes = switch_on(before, ada)
    after = started(make_app, secret_key="another-key-0123456789-abcdefghijklmnop")
    at(HALF_MINUTE)
    assert [log_in(after, ada, code)[0] for code in (phone.code(), codes[0])] == [401, 200]
