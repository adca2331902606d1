"""Claims about the pages of settings: who may change them, what is refused, what the environment keeps for itself."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.audit.models import Act
from musicapp.database import session
from musicapp.site.stored_settings import site_settings, store_settings
from tests.conftest import on_one_database
from tests.heard import Heard
from tests.people import add_person, bearer, csrf_token, sign_in


def save(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, data={"csrf_token": csrf_token(client), **fields}, follow_redirects=True)
    return answer.status_code, answer.text


def acts(app: Flask) -> list[tuple[str, object, object]]:
    with app.app_context():
        found = session().scalars(sa.select(Act).where(Act.action == "site.setting_changed").order_by(Act.id))
        return [(act.title, act.details["before"], act.details["after"]) for act in found]


def test_settings_are_changed_reset_and_told_in_the_audit_log(app: Flask, client: FlaskClient) -> None:
    admin = add_person(app, "Ada", "admin")
    sign_in(client, admin)
    page = client.get("/settings").text
    assert 'value="musicapp"' in page and "Settings" in page
    status, page = save(client, "/settings/site", name="Harbour", time_zone="Europe/Berlin")
    assert status == 200 and "Changed on this site." in page
    with app.app_context():
        assert (site_settings().name, site_settings().time_zone) == ("Harbour", "Europe/Berlin")
    save(client, "/settings/site/reset", setting="name")
    with app.app_context():
        assert (site_settings().name, site_settings().time_zone) == ("musicapp", "Europe/Berlin")
    assert acts(app) == [
        ("site.name", None, "Harbour"),
        ("site.time_zone", None, "Europe/Berlin"),
        ("site.name", "Harbour", None),
    ]


@on_one_database
def test_what_cannot_be_so_is_refused_beside_its_field_and_nothing_is_lost(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "Ada", "admin"))
    shown = {"was-name": "as it was shown", "was-time_zone": "UTC"}
    status, page = save(client, "/settings/site", **shown, name="Harbour & Quay", time_zone="Mars/Base")
    assert status == 422 and 'name="was-name" value="as it was shown"' in page
    assert "There is no time zone “Mars/Base”" in page and 'value="Harbour &amp; Quay"' in page
    status, page = save(client, "/settings/reports", away_days="soon")
    assert status == 422 and "This must be a whole number." in page and 'value="soon"' in page
    assert acts(app) == []


@on_one_database
def test_what_the_environment_says_is_changed_nowhere_else(app: Flask, client: FlaskClient) -> None:
    headers = bearer(app, add_person(app, "Ada", "admin"))
    refused = client.patch("/api/settings/catalog", json={"values": {"watched_folder": "/"}}, headers=headers)
    assert refused.status_code == 422 and "in the environment" in refused.json["errors"]["watched_folder"][0]
    app.extensions["plugin_environment"] = {"site": {"name": "From outside"}}
    refused = client.patch("/api/settings/site", json={"values": {"name": "Mine"}}, headers=headers)
    assert refused.status_code == 422 and "MUSICAPP_SITE_NAME" in refused.json["errors"]["name"][0]
    kept = client.get("/api/settings", headers=headers).json["data"]["site"][0]
    assert (kept["value"], kept["source"]) == ("From outside", "environment")
    unknown = client.patch("/api/settings/site", json={"values": {"colour": "red"}}, headers=headers)
    assert unknown.status_code == 422 and "colour" in unknown.json["errors"]
    assert client.delete("/api/settings/site/colour", headers=headers).status_code == 404


@on_one_database
def test_two_admins_who_save_at_once_keep_what_the_other_changed(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "Ada", "admin"))
    shown = {"was-name": "musicapp", "was-time_zone": "UTC"}
    save(client, "/settings/site", **shown, name="musicapp", time_zone="Europe/Berlin")
    save(client, "/settings/site", **shown, name="Harbour", time_zone="UTC")
    with app.app_context():
        assert (site_settings().name, site_settings().time_zone) == ("Harbour", "Europe/Berlin")
    page = client.get("/settings").text
    assert 'name="was-name" value="Harbour"' in page and 'form="reset" name="setting" value="name"' in page


def test_settings_that_are_first_changed_by_many_at_once_are_all_kept(app: Flask) -> None:
    def change(name: str) -> None:
        with app.app_context():
            store_settings("site", {"name": name})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, [f"Site {number}" for number in range(16)]))
    told = acts(app)
    assert len(told) == 16 and told[0][1] is None
    assert [before for _, before, _ in told[1:]] == [after for _, _, after in told[:-1]]


@on_one_database
def test_settings_cost_a_request_no_walk_through_folders(app: Flask, client: FlaskClient) -> None:
    add_person(app, "Ada", "admin")
    with app.app_context():
        store_settings("site", {"time_zone": "Europe/Berlin"})
    assert client.get("/").status_code == 200
    with Heard("os.scandir", "os.listdir") as folders:
        client.get("/")
    assert folders == []
