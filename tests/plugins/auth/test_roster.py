"""People for those who run the site: finding them, their page, and what is decided of them."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.errors import Conflict
from plugins.auth.services import admins, person_with_id, roles, suspending
from plugins.auth.services.leaving.asking import close
from plugins.auth.services.people import add_person as add_account
from tests.conftest import on_one_database
from tests.people import Somebody, add_person, bearer, post, set_up, sign_in
from tests.plugins.auth.conftest import Travel, at_once, sent_by
from tests.plugins.catalog.music import Counted

DAY = timedelta(days=1)


@pytest.fixture
def boss(app: Flask) -> Somebody:
    """An admin beside the first."""
    return add_person(app, "Boss", role="admin")


@pytest.fixture
def desk(app: Flask, boss: Somebody) -> FlaskClient:
    """The browser of that admin."""
    client = app.test_client()
    sign_in(client, boss)
    return client


def found(client: FlaskClient, query: str) -> list[str]:
    """The names that a search of the API answers, in their order; the page names the same."""
    names = [person["name"] for person in client.get(f"/api/people?{query}").json["data"]]
    page = client.get(f"/people?{query.replace('limit=500', '')}").text.replace("<mark>", "").replace("</mark>", "")
    assert all(name.replace("&", "&amp;") in page for name in names), query
    return names


def test_people_are_found_by_literal_words_of_their_name_and_address(app: Flask, desk: FlaskClient) -> None:
    for name in ("Élodie Straße", "Per_cent", "100% Ada", "Ada \\ Quist"):
        add_person(app, name)
    add_person(app, "Somebody", email="hidden_address@example.org")
    assert found(desk, "q=elodie+strasse") == ["Élodie Straße"]
    assert found(desk, "q=ELODIE") == ["Élodie Straße"]
    assert found(desk, "q=%25") == ["100% Ada"]
    assert found(desk, "q=r_c") == ["Per_cent"]
    assert found(desk, "q=_") == ["Somebody", "Per_cent"]
    assert found(desk, "q=%5C") == ["Ada \\ Quist"]
    assert found(desk, "q=quist+ada") == ["Ada \\ Quist"]
    assert found(desk, "q=hidden_address@example.org") == ["Somebody"]
    for nothing in ("q=%27%20OR%201=1", "q=per.cent", "q=a%00b%00c"):
        assert found(desk, nothing) == []
    assert "Nobody was found" in desk.get("/people?q=nobody+of+this+name").text


def test_the_list_is_filtered_paged_and_costs_the_same_however_long_it_is(app: Flask, desk: FlaskClient) -> None:
    people = [add_person(app, f"Ada {number}", role="artist") for number in range(5)]
    with app.app_context():
        suspending.suspend(people[1].id, now() + DAY)
        suspending.suspend(people[2].id, now() + DAY)
        suspending.restore(people[2].id)
    assert found(desk, "held=suspended") == ["Ada 1"]
    assert found(desk, "role=artist&q=ada") == ["Ada 4", "Ada 3", "Ada 2", "Ada 1", "Ada 0"]
    assert found(desk, "role=admin") == ["Boss", "Owner"]
    assert desk.get("/people?role=king").status_code == desk.get("/people?held=back").status_code == 404
    first = desk.get("/api/people?role=artist&limit=2").json
    second = desk.get(f"/api/people?role=artist&limit=2&cursor={first['next']}").json
    assert [person["name"] for person in [*first["data"], *second["data"]]] == ["Ada 4", "Ada 3", "Ada 2", "Ada 1"]
    few = statements(app, desk, "/people?limit=1"), statements(app, desk, f"/people/{people[0].id}")
    for number in range(60):
        add_person(app, f"Mira {number}")
    assert "Show more" in desk.get("/people").text
    assert (statements(app, desk, "/people"), statements(app, desk, f"/people/{people[0].id}")) == few
    assert max(few) <= 5


def statements(app: Flask, client: FlaskClient, path: str) -> int:
    """How many statements a page sends, without those that read settings."""
    with Counted(app) as counted:
        client.get(path)
    return sum("site_setting" not in one for one in counted.statements)


@on_one_database
def test_only_admins_may_know_of_people(app: Flask, desk: FlaskClient) -> None:
    ada = add_person(app)
    addresses = ("/api/people", f"/api/people/{ada.id}", f"/api/people/{ada.id}/sign-ins", f"/people/{ada.id}")
    for role in ("user", "artist", "moderator"):
        headers = bearer(app, add_person(app, role=role))
        assert {app.test_client().get(path, headers=headers).status_code for path in addresses} == {403}
        suspended = app.test_client().post(f"/api/people/{ada.id}/suspend", json={}, headers=headers)
        assert suspended.status_code == 403
    assert {desk.get(path).status_code for path in addresses} == {200}
    assert {desk.get(path.replace(str(ada.id), "99999")).status_code for path in addresses[1:]} == {404}
    page = desk.get(f"/people/{ada.id}").text
    assert ada.email in page and "Suspend the account" in page and "Give: Moderator" in page


def test_a_suspension_ends_everything_at_once_is_told_and_is_lifted(mailing: Flask) -> None:
    desk, hers = mailing.test_client(), mailing.test_client()
    boss, ada = add_person(mailing, "Boss", role="admin"), add_person(mailing)
    sign_in(desk, boss)
    sign_in(hers, ada)
    token = bearer(mailing, ada)
    page = f"/people/{ada.id}"
    refused = post(desk, f"{page}/suspend", {"days": "0", "reason": ""})
    assert refused.status_code == 422 and "Say for how many days" in refused.text
    assert "Say why" in post(desk, f"{page}/suspend", {"days": "3", "reason": "  "}).text
    assert "a day to come" in post(desk, f"{page}/suspend", {"until": "2020-01-01", "reason": "Spam"}).text
    assert hers.get("/api/account").status_code == 200
    assert post(desk, f"{page}/suspend", {"days": "3", "reason": "Nine & ninety adverts."}).location == page
    assert hers.get("/api/account").status_code == hers.get("/api/account", headers=token).status_code == 401
    told = desk.get(page).text
    assert "Nine &amp; ninety adverts." in told and "Nowhere at this moment." in told
    refusal = hers.post("/api/login", json={"email": ada.email, "password": ada.password})
    assert refusal.status_code == 403 and "Nine & ninety adverts." in refusal.json["message"]
    assert post(desk, f"{page}/restore").status_code == 303
    sign_in(hers, ada)
    suspended = [mail for mail in sent_by(mailing) if "suspended" in mail.subject]
    assert suspended == []
    assert [mail.subject for mail in sent_by(mailing)] == ["Your account is open again – musicapp"]


@on_one_database
def test_the_letter_about_a_suspension_gives_its_reason(mailing: Flask) -> None:
    ada = add_person(mailing)
    with mailing.app_context():
        suspending.suspend(ada.id, now() + 3 * DAY, "Nine adverts.\nAnd a tenth.")
    [letter] = sent_by(mailing)
    assert letter.to == [ada.email] and letter.subject.startswith("Your account is suspended")
    assert "Nine adverts." in letter.body and "And a tenth." in letter.body


def test_what_was_done_to_an_account_and_by_whom_stands_on_its_page(
    app: Flask, desk: FlaskClient, boss: Somebody
) -> None:
    ada, mira = add_person(app, "Ada"), add_person(app, "Mira", role="admin")
    for path in ("roles/moderator/give", "roles/moderator/take", "sign-ins/end"):
        assert post(desk, f"/people/{ada.id}/{path}").status_code == 303
    post(desk, f"/people/{ada.id}/suspend", {"days": "2", "reason": "Adverts."})
    client = app.test_client()
    sign_in(client, mira)
    post(client, f"/people/{ada.id}/restore")
    log = desk.get(f"/api/audit?about=person&about_id={ada.id}").json["data"]
    assert [(act["action"], act["by"]["name"]) for act in log] == [
        ("auth.restored", "Mira"),
        ("auth.suspended", "Boss"),
        ("auth.signed_out", "Boss"),
        ("auth.role_taken", "Boss"),
        ("auth.role_given", "Boss"),
    ]
    assert log[1]["reason"] == "Adverts."
    page = desk.get(f"/people/{ada.id}").text
    assert "Role given: moderator" in page and "Suspended until" in page
    theirs = desk.get(f"/api/audit?by={boss.id}&limit=3").json
    assert [act["title"] for act in theirs["data"]] == ["Ada"] * 3 and theirs["next"]
    assert "What they did" in desk.get(f"/people/{boss.id}").text
    for _ in range(8):
        post(desk, f"/people/{ada.id}/sign-ins/end")
    assert f'href="/audit?kind=person&amp;number={ada.id}"' in desk.get(f"/people/{ada.id}").text
    assert f'href="/audit?who={boss.id}"' in desk.get(f"/people/{boss.id}").text


def test_nobody_raises_or_suspends_themselves_and_an_admin_is_made_with_a_fresh_password(
    app: Flask, desk: FlaskClient, boss: Somebody, at: Travel
) -> None:
    ada = add_person(app)
    for path in ("roles/moderator/give", "suspend"):
        answer = post(desk, f"/people/{boss.id}/{path}", {"days": "1", "reason": "Rest."})
        assert answer.status_code == 403
    make = f"/people/{ada.id}/roles/admin/give"
    stale, fresh = app.test_client(), bearer(app, boss)
    sign_in(stale, boss)
    with stale.session_transaction() as session:
        session["fs_paa"] = 0
    asked = post(stale, make)
    assert asked.status_code == 302 and asked.location.startswith("/account/verify")
    assert asked.location.endswith(f"%2Fpeople%2F{ada.id}") or asked.location.endswith(f"/people/{ada.id}")
    assert admins_now(app) == 2
    assert stale.put(f"/api/people/{ada.id}/roles/admin", headers=fresh).status_code == 200
    assert admins_now(app) == 3
    assert post(desk, f"/people/{ada.id}/roles/king/give").status_code == 404


def admins_now(app: Flask) -> int:
    with app.app_context():
        return admins()


def test_of_admins_who_are_demoted_suspended_and_leave_at_once_one_stays(app: Flask) -> None:
    set_up(app)
    ids = [add_person(app, f"Boss {number}", role="admin").id for number in range(4)]
    with app.app_context():
        [owner] = set(roles.people_with_role("admin", 0, 9)) - set(ids)

    def demote(person_id: int) -> None:
        with suppress(Conflict):
            roles.take_role(person_id, "admin")

    def keep_out(person_id: int) -> None:
        with suppress(Conflict):
            suspending.suspend(person_id, now() + DAY)

    def leave(person_id: int) -> None:
        with suppress(Conflict):
            close(person_id, {}, by=person_id)

    at_once(app, *(partial(act, person_id) for person_id in [owner, *ids] for act in (demote, keep_out, leave)))
    assert admins_now(app) == 1


@on_one_database
def test_who_runs_the_site_alone_is_told_that_they_cannot_leave_it(app: Flask) -> None:
    alone = app.test_client()
    with app.app_context():
        [owner_id] = roles.people_with_role("admin", 0, 9)
        owner = Somebody(owner_id, "Owner", person_with_id(owner_id).email)
    sign_in(alone, owner)
    answer = post(alone, f"/people/{owner_id}/roles/admin/take")
    assert answer.status_code == 303
    assert "This is the last admin." in alone.get(answer.location).text
    refused = app.test_client().delete(f"/api/people/{owner_id}/roles/admin", headers=bearer(app, owner))
    assert refused.status_code == 409


@on_one_database
def test_an_admin_who_waits_for_approval_runs_nothing_yet(app: Flask) -> None:
    with app.app_context():
        [owner_id] = roles.people_with_role("admin", 0, 9)
        roles.give_role(add_account("Mira", "mira@example.org", "", waits=True).id, "admin")
        with pytest.raises(Conflict, match="last admin"):
            roles.take_role(owner_id, "admin")
        assert roles.why_to_stay(owner_id) and admins() == 1


@on_one_database
def test_a_suspension_that_is_made_longer_without_a_word_keeps_its_reason(app: Flask, at: Travel) -> None:
    ada = add_person(app)
    with app.app_context():
        reasons = []
        for reason in ("Nine adverts.", "", "Ten adverts."):
            suspending.suspend(ada.id, now() + DAY, reason)
            reasons.append(person_with_id(ada.id).suspended_for)
        at(2 * DAY)
        suspending.suspend(ada.id, now() + 3 * DAY)
        assert [*reasons, person_with_id(ada.id).suspended_for] == ["Nine adverts."] * 2 + ["Ten adverts.", ""]
