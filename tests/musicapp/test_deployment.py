"""Claims about what sites are run by: the image, the containers, the unit and nginx say what this code understands."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import yaml
from flask import Flask

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.doctor.settings import known_names
from musicapp.jobs import alive
from musicapp.jobs.models import Sweep
from plugins.catalog.models import Song
from tests.conftest import on_one_database
from tests.musicapp.mail_sink import certificate, free_port
from tests.musicapp.test_supervisor import PATIENCE_S
from tests.people import add_person, bearer
from tests.plugins.catalog.music import ready_song, set_song, sound

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
# What images of others read, and what the compose file itself does.
OTHERS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "HTTP_PORT"}
needs_nginx = pytest.mark.skipif(NGINX is None and os.environ.get("CI") != "true", reason="nginx is not installed")


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


@on_one_database
def test_every_setting_that_is_given_to_a_container_or_service_is_one_that_the_site_reads(app: Flask) -> None:
    known = known_names(app) | OTHERS
    for path in (ROOT / "compose.yaml", ROOT / "Dockerfile", *DEPLOY.iterdir()):
        named = set(re.findall(r"\b(?:MUSICAPP|POSTGRES|HTTP)_[A-Z_]+\b", path.read_text()))
        assert named <= known, path.name


def test_the_commands_of_the_containers_are_modules_that_can_be_run(compose: Any) -> None:
    services = compose["services"]
    commands = [services[name]["command"] for name in ("web", "worker")]
    commands.append(services["worker"]["healthcheck"]["test"][1:])
    for _python, _m, module, *words in commands:
        path = ROOT / Path(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
        assert words in ([], ["--only", "web"], ["--only", "worker"])
    assert compose["services"].keys() == {"web", "worker", "database", "redis", "proxy"}
    for name, service in services.items():
        assert "healthcheck" in service or name == "web", name  # that of the image


def test_what_containers_share_is_declared_and_there(compose: Any) -> None:
    for service in compose["services"].values():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert (ROOT / source).is_file() if source.startswith(".") else source in compose["volumes"], volume
    addresses = {
        name: one["networks"]["inside"]["ipv4_address"]
        for name, one in compose["services"].items()
        if isinstance(one["networks"], dict)
    }
    assert compose["x-site"]["environment"]["MUSICAPP_TRUSTED_PROXIES"] == addresses["proxy"]
    assert f"server {addresses['web']}:5000;" in (DEPLOY / "nginx-compose.conf").read_text()
    media = "media:/var/lib/musicapp/media"
    assert media in compose["x-site"]["volumes"]
    assert f"{media}:ro" in compose["services"]["proxy"]["volumes"]
    assert "alias /var/lib/musicapp/media/;" in (DEPLOY / "nginx-locations.conf").read_text()


def test_the_image_copies_what_is_there_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text()
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert copied == let_in
    assert {"musicapp", "plugins", "static", "templates", "config.py", "wsgi.py"} <= copied
    assert text.rindex("USER musicapp") > text.rindex("RUN")
    assert "groupadd --gid 10001 musicapp" in text, "who owns the files of a volume must not change with the base"
    major = re.search(r"image: postgres:(\d+)", (ROOT / "compose.yaml").read_text())
    assert major is not None
    assert f"postgresql-client-{major[1]}" in text, "pg_dump must not be older than the server"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "musicapp.service"
    text = (DEPLOY / "musicapp.service").read_text()
    assert "ExecStart=/opt/musicapp/.venv/bin/python -m musicapp.supervisor\n" in text
    unit.write_text(text.replace("/opt/musicapp/.venv/bin/python", sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def nginx_of(folder: Path, site: str) -> Path:
    """A configuration that includes one of ours, as nginx.conf of a distribution would."""
    shutil.copy(DEPLOY / "nginx-locations.conf", folder / "locations.conf")
    site = site.replace("/etc/nginx/musicapp-locations.conf", str(folder / "locations.conf"))
    (folder / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    conf = folder / "nginx.conf"
    conf.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/site.conf; }}\n"
    )
    return conf


@needs_nginx
@pytest.mark.parametrize("name", ["nginx.conf", "nginx-compose.conf"])
def test_nginx_takes_the_examples(name: str, tmp_path: Path) -> None:
    text = re.sub(r"# ((?:set_)?real_ip_\w+ [\w.-]+;)", r"\1", (DEPLOY / name).read_text())
    assert ("\n    set_real_ip_from " in text) is (name == "nginx-compose.conf")
    if "ssl_certificate" in text:
        certificate(tmp_path / "fullchain.pem")
        (tmp_path / "fullchain.key").rename(tmp_path / "privkey.pem")
        text = text.replace("/etc/letsencrypt/live/music.example.org", str(tmp_path))
    text = text.replace("listen 80", f"listen {free_port()}").replace("listen [::]:80", f"listen [::]:{free_port()}")
    text = text.replace("listen 443", f"listen {free_port()}").replace("listen [::]:443", f"listen [::]:{free_port()}")
    done = subprocess.run(
        [NGINX or "", "-t", "-c", nginx_of(tmp_path, text)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def running(command: list[str], environ: dict[str, str], url: str) -> Iterator[None]:
    """A server until the block ends, entered once it answers."""
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                ask(url)
                break
            except OSError:
                assert time.monotonic() < end, f"{command} does not answer"
                assert process.poll() is None, f"{command} has ended"
                time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


def ask(url: str, method: str = "GET", content: bytes | None = None, **headers: str) -> tuple[int, Any, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, content, named, method=method)) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture
def behind_nginx(app: Flask, database: str, tmp_path: Path) -> Iterator[str]:
    """The address of nginx before this test's site, with its own configuration but for addresses and folders."""
    inner, outer, instance = free_port(), free_port(), Path(app.config["INSTANCE"])
    site = (DEPLOY / "nginx-compose.conf").read_text().replace("10.57.7.3:5000", f"127.0.0.1:{inner}")
    conf = nginx_of(tmp_path, site.replace("listen 80 default_server", f"listen 127.0.0.1:{outer}"))
    locations = tmp_path / "locations.conf"
    locations.write_text(locations.read_text().replace("/var/lib/musicapp/", f"{instance}/"))
    environ = {**os.environ, "MUSICAPP_INSTANCE": str(instance), "MUSICAPP_DATABASE_URL": database}
    environ |= {"MUSICAPP_PORT": str(inner), "MUSICAPP_SEND_FILES_BY": "accel", "MUSICAPP_WEB_WORKERS": "1"}
    environ |= {"MUSICAPP_TRUSTED_PROXIES": "127.0.0.1", "MUSICAPP_SITE_URL": app.config["SITE_URL"]}
    web = [sys.executable, "-m", "musicapp.supervisor.web"]
    proxy = [NGINX or "", "-c", str(conf)]
    with (
        running(web, environ, f"http://127.0.0.1:{inner}/healthz"),
        running(proxy, dict(os.environ), f"http://127.0.0.1:{outer}/healthz"),
    ):
        yield f"http://127.0.0.1:{outer}"


def test_a_container_learns_whether_a_worker_lives(app: Flask, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICAPP_INSTANCE", str(app.config["INSTANCE"]))
    monkeypatch.setenv("MUSICAPP_DATABASE_URL", database)
    assert alive.main() == "No worker has ever looked for work."
    for silent, says in ((timedelta(), ""), (timedelta(minutes=5), "No worker has looked for work for 300 s.")):
        with app.app_context(), writing() as unit:
            unit.merge(Sweep(id=1, swept_at=now() - silent))
        assert alive.main() == says


@needs_nginx
@on_one_database
def test_nginx_sends_what_a_view_allows_and_nothing_else(app: Flask, behind_nginx: str) -> None:
    artist = add_person(app, "Nils", role="artist")
    song_id, draft_id = ready_song(app, artist.id), ready_song(app, artist.id, "Spring")
    set_song(app, draft_id, published_at=None)
    with app.app_context():
        song = session().get_one(Song, song_id)
    whole, address = sound(), f"{behind_nginx}/api/songs/{song_id}/audio"
    status, headers, content = ask(address)
    assert (status, content, headers["Content-Type"]) == (200, whole, song.audio_mime)
    assert headers["Server"] == "nginx"
    assert headers["X-Accel-Redirect"] is None
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    status, headers, content = ask(address, Range="bytes=100-299")
    assert (status, content) == (206, whole[100:300])
    assert headers["Content-Range"] == f"bytes 100-299/{len(whole)}"
    assert ask(address, Range="bytes=100-299", If_Range=headers["ETag"])[0] == 206
    assert ask(address, Range="bytes=-5")[2] == whole[-5:]
    assert ask(address, Range=f"bytes={len(whole)}-")[0] == 416
    assert ask(address, If_None_Match=headers["ETag"])[0] == 304
    assert ask(address, "HEAD")[1]["Content-Length"] == str(len(whole))
    assert ask(f"{behind_nginx}/api/songs/{draft_id}/audio")[0] == 404
    for stolen in (f"media/{song.audio_key}", "media/", "secrets/secret_key", "media/../musicapp.db"):
        assert ask(f"{behind_nginx}/_files/{stolen}", X_Accel_Redirect="x")[0] in (400, 404)
    long = b"x" * (3 << 20)
    kind = {"Content_Type": "application/octet-stream", **bearer(app, artist)}
    assert ask(f"{behind_nginx}/api/songs", "POST", long, **kind)[0] in (415, 422)
