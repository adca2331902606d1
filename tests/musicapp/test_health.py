"""Claims about health: what each check sees, what /readyz says of it, and what an admin is told to do."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.models import Sweep
from tests.conftest import AppMaker, on_one_database
from tests.people import add_person, bearer, sign_in

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.5"}


def states(client: FlaskClient) -> dict[str, str]:
    """What /readyz says of each part."""
    told = client.get("/readyz").json
    assert told is not None
    return {name: check["state"] for name, check in told["data"].items()}


def set_revision(app: Flask, revision: str) -> str:
    """Say in the database that the kernel's tables are at a revision; the one before."""
    with app.app_context():
        before = db.session.scalar(sa.text("SELECT version_num FROM alembic_version_site"))
        with writing() as unit:
            unit.execute(sa.text("UPDATE alembic_version_site SET version_num = :at"), {"at": revision})
    return str(before)


def test_an_admin_reads_what_is_not_well_and_what_to_do(make_app: AppMaker) -> None:
    app = make_app(disk_free_mb=10**9)
    client = app.test_client()
    sign_in(client, add_person(app, role="admin"))
    with app.app_context(), writing() as unit:
        unit.add(Sweep(id=1, swept_at=now() + timedelta(hours=2)))
    told = states(client)
    assert [told[name] for name in ("database", "migrations", "disk", "clock")] == ["ok", "ok", "degraded", "degraded"]
    assert client.get("/readyz").status_code == 200
    page = client.get("/health").text
    assert page.index(">Disk<") < page.index(">Database<")
    assert "uploads stop when it is full" in page
    assert "set by NTP" in page
    assert "none pending" in page
    assert "What to do" in client.get("/admin").text


def test_pending_migrations_alone_take_a_site_out_that_has_its_database(app: Flask, client: FlaskClient) -> None:
    newest = set_revision(app, "site_0001")
    assert client.get("/readyz").status_code == 503
    assert states(client)["migrations"] == "down"
    set_revision(app, "site_9999")
    assert client.get("/readyz").status_code == 200
    assert states(client)["migrations"] == "degraded"
    set_revision(app, newest)
    assert states(client)["migrations"] == "ok"


def test_everybody_reads_what_is_away_and_only_an_admin_where_it_should_be(app: Flask, client: FlaskClient) -> None:
    media = Path(app.config["INSTANCE"]) / "media"
    with patch("os.access", return_value=False):
        assert files_told(client, environ_base=ELSEWHERE) == {"state": "degraded"}
        why = {"state": "degraded", "detail": "their place cannot be used (PermissionError)"}
        assert files_told(client) == why
        sign_in(client, add_person(app, role="admin"))
        assert files_told(client, environ_base=ELSEWHERE) == why
        assert str(media) in client.get("/health").text


@on_one_database
def test_where_there_is_a_token_programs_read_what_is_wrong_by_it_alone(make_app: AppMaker) -> None:
    app = make_app(metrics_token="a long one")
    client = app.test_client()
    for wrong in ({}, {"Authorization": "Bearer another"}, bearer(app, add_person(app, role="moderator"))):
        assert files_told(client, headers=wrong) == {"state": "ok"}
    token = {"Authorization": "Bearer a long one"}
    assert files_told(client, headers=token, environ_base=ELSEWHERE) == {"state": "ok", "detail": ""}


def files_told(client: FlaskClient, **asking: Any) -> dict[str, str]:
    """What /readyz tells of the place where files lie."""
    told: dict[str, str] = client.get("/readyz", **asking).json["data"]["files"]  # type: ignore[index]
    return told
