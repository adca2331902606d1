"""Claims about `flask doctor`: every finding is found on a site that has it, says what to do, and changes nothing."""

import io
import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from musicapp.backup.nightly import KIND
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.doctor import around, database, files, places, settings
from musicapp.doctor.commands import doctor, examine
from musicapp.doctor.findings import Finding
from musicapp.jobs import enqueue
from musicapp.jobs.models import Job, Sweep
from musicapp.redis import EmbeddedRedis
from musicapp.storage import media_store
from musicapp.storage.store import A_DAY_S
from tests.conftest import AppMaker, on_one_database
from tests.musicapp.test_backup import add_cover

OLD_S = 2 * A_DAY_S


def found(findings: Iterator[Finding]) -> dict[str, str]:
    """What is not well, and what to do about it."""
    return {finding.says: finding.do for finding in findings if finding.level != "well"}


def only(findings: Iterator[Finding]) -> Finding:
    """The one thing that is not well."""
    [finding] = [finding for finding in findings if finding.level != "well"]
    return finding


@pytest.fixture
def asked(app: Flask) -> Iterator[Flask]:
    """A site that the looks are asked about one by one."""
    with app.app_context():
        yield app


def test_a_site_that_runs_is_well_but_for_what_its_owner_left_out(
    make_app: AppMaker, database: str, tmp_path: Path
) -> None:
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    with EmbeddedRedis(instance) as redis:
        app = make_app(redis_url=redis.address.url)
        add_cover(app)
        with app.app_context(), writing() as unit:
            unit.add(Sweep(id=1, swept_at=now()))
        environ = {"MUSICAPP_INSTANCE": str(instance), "MUSICAPP_DATABASE_URL": database}
        environ |= {"MUSICAPP_REDIS_URL": redis.address.url, "MUSICAPP_BACKUP_FOLDER": str(tmp_path)}
        (tmp_path / f"musicapp-{now():%Y%m%dT%H%M%S}Z.tar").touch()
        ran = CliRunner().invoke(doctor, ["--json"], env=environ)
    assert ran.exit_code == 1
    findings = [Finding(**each) for each in json.loads(ran.stdout)]
    assert [finding.about for finding in findings if finding.level != "well"] == ["mail"]
    looked_at = ["settings", "keys", "folders", "space", "database", "migrations", "plugins", "files", "redis"]
    assert list(dict.fromkeys(each.about for each in findings)) == [*looked_at, "worker", "mail", "clock", "backups"]


def test_a_site_that_cannot_be_looked_at_is_one_finding(tmp_path: Path) -> None:
    nowhere = {"MUSICAPP_INSTANCE": str(tmp_path / "none")}
    assert only(examine(nowhere)).says == f"There is no site in {tmp_path / 'none'} yet."
    assert not (tmp_path / "none").exists()
    assert "MUSICAPP_PORT cannot be used" in only(examine({"MUSICAPP_PORT": "many"})).says
    weak = {"MUSICAPP_INSTANCE": str(tmp_path), "MUSICAPP_SECRET_KEY": "secret"}
    assert "MUSICAPP_SECRET_KEY is too weak" in only(examine(weak)).says
    (tmp_path / "musicapp.db").write_bytes(b"gone bad" * 1000)
    ran = CliRunner().invoke(doctor, env={"MUSICAPP_INSTANCE": str(tmp_path)})
    assert ran.exit_code == 2
    assert "✗ database: The database does not answer: file is not a database." in ran.output
    assert "could not be looked at" not in ran.output


@on_one_database
def test_settings_that_nothing_reads_or_that_do_no_good(asked: Flask) -> None:
    given = {"MUSICAPP_SIT_URL": "x", "MUSICAPP_CATALOG_UPLOAD_MB": "7", "MUSICAPP_QQ": "", "PATH": ""}
    said = found(settings.names(asked, given))
    assert said["MUSICAPP_SIT_URL is set, and nothing reads it."] == "Did you mean MUSICAPP_SITE_URL?"
    assert "flask --app wsgi settings" in said["MUSICAPP_QQ is set, and nothing reads it."]
    assert len(said) == 2
    assert found(settings.sense(asked)) == {}
    asked.config.update(SITE_URL="http://music.example.org", DEBUG=True)
    assert len(found(settings.sense(asked))) == 3, "no TLS, debugging, and these tests are tests"
    asked.config.update(SITE_URL="https://music.example.org", DEBUG=False, TESTING=False)
    assert "MUSICAPP_TRUSTED_PROXIES" in only(settings.sense(asked)).do


@on_one_database
def test_keys_and_folders_that_others_may_read_or_that_belong_to_them(asked: Flask) -> None:
    instance = Path(asked.config["INSTANCE"])
    assert found(settings.secrets(asked)) == found(places.folders(asked)) == {}
    key = instance / "secrets" / "secret_key"
    key.chmod(0o644)
    assert only(settings.secrets(asked)).do == f"Type: chmod go= {key}"
    instance.chmod(0o755)
    assert only(places.folders(asked)).do.startswith(f"Type: chmod o-rw {instance}")
    instance.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(key, 65534, 65534)
        assert "belongs to nobody, the folder to root" in only(places.folders(asked)).says
        os.chown(key, 0, 0)
    shutil.rmtree(instance / "media", ignore_errors=True)
    (instance / "media").write_text("no folder")
    assert f"may not write to {instance / 'media'}" in only(places.folders(asked)).says


@on_one_database
def test_a_disk_that_is_nearly_full(asked: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for free_mb, level in ((100_000, "well"), (1000, "warning"), (100, "wrong")):
        usage = shutil._ntuple_diskusage(1 << 40, 0, free_mb << 20)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda place, usage=usage: usage)
        assert [finding.level for finding in places.space(asked)] == [level]


def test_files_that_are_missing_and_files_for_nobody(asked: Flask) -> None:
    add_cover(asked)
    assert found(files.files(asked)) == {}
    lost = add_cover(asked, lost=True)
    orphan = media_store().save(io.BytesIO(b"nobody's"), kind="covers", suffix="").key
    said = found(files.files(asked))
    assert list(said) == [f"1 file that rows name are not in the store, as {lost}."], (
        "a new one's row may be on the way"
    )
    asked.extensions["media_store"].came_at = lambda key: now().timestamp() - OLD_S
    assert f"1 file lie in the store for nobody, as {orphan}." in found(files.files(asked))


def test_tables_that_wait_or_are_further_than_the_code(asked: Flask) -> None:
    assert found(database.migrations(asked)) == found(database.database(asked)) == {}
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version_auth SET version_num = 'auth_0001'")
        connection.exec_driver_sql("UPDATE alembic_version_catalog SET version_num = 'catalog_9999'")
    said = found(database.migrations(asked))
    assert set(said) == {
        "The tables of catalog are further than this code: a newer version ran here.",
        "The tables of auth wait for their upgrade.",
    }


@on_one_database
def test_a_database_with_rows_that_point_to_nothing(asked: Flask) -> None:
    with closing(sqlite3.connect(str(db.engine.url.database))) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO catalog_song_peaks (song_id, peaks) VALUES (7, x'00')")
        raw.commit()
    says = "A row of catalog_song_peaks points to one of catalog_song that is not there."
    assert only(database.database(asked)).says == says


def test_a_worker_that_is_gone_jobs_given_up_and_a_clock_that_was_set_back(asked: Flask) -> None:
    assert len(found(around.worker(asked))) == 2
    assert found(around.clock(asked)) == {}
    with writing() as unit:
        unit.add(Job(kind="tests.given_up", payload={}, state="dead"))
        unit.add(Sweep(id=1, swept_at=now() + timedelta(hours=1)))
    assert only(around.worker(asked)).says == "1 jobs were given up."
    assert "the clock was set back" in only(around.clock(asked)).says


@on_one_database
def test_a_disk_with_another_clock(asked: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(around, "disk_time", lambda folder: now() - timedelta(minutes=5))
    assert only(around.clock(asked)).says == "The clock of the disk and that of this machine are 300 s apart."


@on_one_database
def test_redis_mail_and_plugins_that_do_not_answer(make_app: AppMaker, refusing: str, tmp_path: Path) -> None:
    port = refusing.rpartition(":")[2].partition("/")[0]
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    (folder / "bad.py").write_text("raise RuntimeError('no good')")
    logging.getLogger("musicapp.plugins.start").setLevel("CRITICAL")
    app = make_app(
        redis_url=refusing, mail_server="127.0.0.1", mail_port=port, plugins=["*"], backup_folder="/dev/null"
    )
    with app.app_context():
        assert "it does not answer (ConnectionError)" in only(around.redis(app)).says
        assert f"127.0.0.1:{port} does not let the site in" in only(around.mail(app)).says
        assert "The plugin bad does not run: " in only(around.plugins(app)).says
        [young] = around.backups(app)
        assert young.level == "well" and "the first night is still to come" in young.says
        enqueue(KIND, {"period": "", "since": "", "until": ""})
        assert only(around.backups(app)).says == "There is no backup."
