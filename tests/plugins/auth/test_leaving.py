"""Claims about deleting one's account: the password first, days to take it back, and all of it or nothing."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.audit.models import Act
from musicapp.database import UNSYNCED, db, writing
from musicapp.errors import Conflict
from musicapp.site.health import all_checks
from plugins.auth.models import Leaving, User
from plugins.auth.services import entering, passwords, roles
from plugins.auth.services.leaving import asking, erasing
from plugins.auth.services.leaving.standing import IsLeaving
from tests.conftest import AppMaker, on_one_database
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards, write_plugin
from tests.people import PASSWORD, Somebody, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import at_once, sent_by
from tests.plugins.auth.leaving import do_daily_job, left, let_days_pass
from tests.plugins.catalog.music import work


def test_an_account_is_closed_by_its_password_and_taken_back_by_logging_in(mailing: Flask) -> None:
    ada = add_person(mailing)
    browser, program = mailing.test_client(), mailing.test_client()
    headers = bearer(mailing, ada)
    sign_in(browser, ada)
    assert "Delete my account" in browser.get("/account/leave").text
    wrong = post(browser, "/account/leave", {"password": "another long one"}, page="/account/leave")
    assert wrong.status_code == 422 and "not your" in wrong.text
    assert program.get("/api/account", headers=headers).status_code == 200
    assert post(browser, "/account/leave", {"password": PASSWORD}, page="/account/leave").status_code == 302
    assert "Log in" in browser.get("/login").text
    assert program.get("/api/account", headers=headers).status_code == 401
    [letter] = [mail for mail in sent_by(mailing) if mail.to == [ada.email]]
    assert "take it back" in letter.body and "/login" in letter.body
    post(browser, "/reset", {"email": ada.email})  # who forgot the password can still come back
    assert "Choose a new password" in sent_by(mailing)[-1].subject
    do_daily_job(mailing)

    assert browser.get("/account/stay").location.endswith("/login")
    led = post(browser, "/login", {"email": ada.email, "password": ada.password})
    assert led.location == "/account/stay"
    assert browser.get("/api/account").status_code == 401
    assert "Take my account back" in browser.get("/account/stay").text
    assert post(browser, "/account/stay", page="/account/stay").location == "/"
    assert browser.get("/api/account").json["data"]["name"] == ada.name
    with mailing.app_context():
        assert db.session.get(Leaving, ada.id) is None
        acts = db.session.scalars(sa.select(Act.action).where(Act.about_id == ada.id).order_by(Act.id)).all()
    assert acts == ["auth.deletion_asked", "auth.deletion_taken_back"]


def test_a_program_deletes_an_account_and_takes_it_back_until_its_days_are_over(app: Flask) -> None:
    ada, client = add_person(app), app.test_client()
    said = {"email": ada.email, "password": ada.password}
    answer = client.delete("/api/account", json={"password": "another long one"}, headers=bearer(app, ada))
    assert answer.status_code == 422 and "password" in answer.json["errors"]
    answer = client.delete("/api/account", json={"password": ada.password}, headers=bearer(app, ada))
    assert answer.status_code == 200 and answer.json["data"]["erase_at"]
    refused = client.post("/api/login", json=said)
    assert refused.status_code == 403 and "take that back" in refused.json["message"]
    token = client.post("/api/account/restore", json=said).json["data"]["token"]
    assert client.get("/api/account", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    left(app, ada)
    over = client.post("/api/account/restore", json=said)
    assert over.status_code == 403 and "being erased" in over.json["message"]
    do_daily_job(app)
    assert client.post("/api/account/restore", json=said).status_code == 401


def test_the_last_admin_stays(app: Flask) -> None:
    with app.app_context():
        owner = db.session.scalars(sa.select(User)).one()
        somebody = Somebody(owner.id, owner.name, owner.email)
    browser = app.test_client()
    sign_in(browser, somebody)
    page = browser.get("/account/leave").text
    assert "You are the last admin here." in page and "Delete my account" not in page
    refused = browser.delete("/api/account", json={"password": PASSWORD}, headers=bearer(app, somebody))
    assert refused.status_code == 409 and "last admin" in refused.json["message"]
    second = add_person(app, "Second", "admin")

    def leaves(admin: Somebody) -> None:
        with suppress(Conflict):
            asking.leave(admin.id, admin.password, {})

    at_once(app, lambda: leaves(somebody), lambda: leaves(second))
    with app.app_context():
        assert roles.admins() == 1
        [standing] = db.session.scalars(sa.select(Leaving))
        gone = somebody if standing.user_id == somebody.id else second
    let_days_pass(app, gone)
    do_daily_job(app)
    with app.app_context():
        assert db.session.get(User, gone.id) is None


def test_no_account_gets_the_number_of_one_that_is_gone(app: Flask) -> None:
    ada = add_person(app)
    left(app, ada)
    do_daily_job(app)
    assert add_person(app, "Bob").id > ada.id


@pytest.fixture
def with_plugin(make_app: AppMaker, tmp_path: Path) -> Iterator[Flask]:
    """A site with a plugin whose part of erasing fails while a file lies there, and one that nobody told of this."""
    folder = tmp_path / "instance" / "plugins"
    flag = tmp_path / "broken"
    flag.touch()
    with forgotten_afterwards():
        write_plugin(folder, "diary", DIARY.format(flag=flag))
        write_plugin(folder, "silent", SILENT)
        yield make_app(plugins=["auth", "diary", "silent"], log_level="WARNING")


DIARY = """
from pathlib import Path

@plugin.contributes("auth.personal_data", name="diary.pages", title="Diary", words="Pages.", tables=[],
                    erase=lambda person_id: Path("{flag}").exists() and int("the words of Ada"))
def pages(person_id):
    yield "diary/pages.json", "[]"
"""
SILENT = """
import sqlalchemy as sa
from musicapp.database import Model, db, writing

sa.Table("silent_note", db.metadata, sa.Column("id", sa.Integer, primary_key=True),
         sa.Column("user_id", sa.ForeignKey("auth_user.id", ondelete="CASCADE")))
"""


@on_one_database
def test_an_account_stays_while_a_plugin_fails_to_erase_and_goes_when_it_works(
    with_plugin: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    at_start = [record.getMessage() for record in caplog.get_records("setup")]
    assert "silent_note hold people, and no plugin contributes them to auth.personal_data." in at_start
    ada = add_person(with_plugin)
    left(with_plugin, ada)
    do_daily_job(with_plugin)
    with with_plugin.app_context():
        assert db.session.get(User, ada.id) is not None
        [said] = [check for check in all_checks() if check.name == "leaving"]
    assert (said.state, said.detail) == ("degraded", "accounts that could not be erased: 1")
    assert f"Account {ada.id} could not be erased: diary.pages: ValueError." in said.remedy
    public = with_plugin.test_client().get("/readyz").text
    assert "could not be erased: 1" in public and "diary" not in public and "words of Ada" not in public + said.remedy
    (tmp_path / "broken").unlink()
    listener = sa.table("catalog_listener", sa.column("user_id"), sa.column("keeps_history"))
    with with_plugin.app_context(), writing() as unit:
        unit.execute(sa.insert(listener).values(user_id=ada.id, keeps_history=True))
    do_daily_job(with_plugin, "2026-12-07")
    with with_plugin.app_context():
        [standing] = erasing.stuck()
        assert standing.problem.startswith("catalog_listener: the plugin that keeps this does not run.")
        with writing() as unit:
            unit.execute(sa.delete(listener))
    do_daily_job(with_plugin, "2026-12-08")
    with with_plugin.app_context():
        assert db.session.get(User, ada.id) is None
        assert [check.state for check in all_checks() if check.name == "leaving"] == ["ok"]


@on_one_database
def test_who_is_erased_while_they_log_in_is_told_what_strangers_are_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = add_person(app)
    begun = entering.passwords.fits

    def fits_and_is_erased(password: str, user: User | None) -> bool:
        fits = begun(password, user)
        with writing() as unit:
            unit.execute(sa.delete(User).where(User.id == ada.id), execution_options=UNSYNCED)
        return fits

    monkeypatch.setattr(entering.passwords, "fits", fits_and_is_erased)
    answer = app.test_client().post("/api/login", json={"email": ada.email, "password": ada.password})
    assert answer.status_code == 401


@on_one_database
def test_a_password_that_was_changed_takes_no_deletion_back(app: Flask) -> None:
    ada, visit = add_person(app), entering.Visit("127.0.0.1", "tests")
    with app.app_context():
        asking.leave(ada.id, ada.password, {})
        with pytest.raises(IsLeaving) as told:
            entering.log_in(ada.email, ada.password, "session", visit)
        passwords.set_password(ada.id, passwords.hashed("another long one"))
        with pytest.raises(entering.WrongPassword):
            entering.come_back(entering.HalfWay(told.value.person_id, told.value.stamp), visit)
        assert db.session.get(Leaving, ada.id) is not None


@on_one_database
def test_who_runs_the_site_deletes_and_erases_for_somebody_who_cannot_log_in(app: Flask) -> None:
    ada, run = add_person(app), app.test_cli_runner()
    said = run.invoke(args=["auth", "delete", ada.email])
    assert said.exit_code == 0 and "The account of Ada is closed" in said.output
    assert "No account is to be erased." in run.invoke(args=["auth", "erase-due"]).output
    let_days_pass(app, ada)
    assert "1 to be erased" in run.invoke(args=["auth", "erase-due"]).output
    work(app)
    with app.app_context():
        assert db.session.get(User, ada.id) is None
    assert "Nobody has an account" in run.invoke(args=["auth", "delete", ada.email]).output
