"""Claims about the log and about the settings file, with the site's own command in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from musicapp.settings import environment

ROOT = Path(__file__).resolve().parents[2]
ASK = """
from wsgi import app
app.test_client().get("/healthz", headers={"X-Request-Id": "first-request"})
app.test_client().get("/api/nothing", headers={"X-Request-Id": "second-request"})
"""


def run(tmp_path: Path, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MUSICAPP_")}
    environ = clean | {"MUSICAPP_INSTANCE": str(tmp_path / "instance"), **settings}
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=180, check=False)


def test_json_logs_are_one_object_a_line_with_the_id_of_the_request(tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "-c", ASK, MUSICAPP_LOG_FORMAT="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    [asked] = [line for line in lines if line["logger"] == "musicapp.access"]
    assert (asked["request_id"], asked["status"], asked["level"]) == ("second-request", 404, "info")
    assert asked["took_ms"] > 0


def test_the_flask_command_lists_the_plugins(tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "-m", "flask", "--app", "wsgi", "plugins")
    assert done.returncode == 0, done.stderr
    for name in ("site", "auth", "catalog"):
        assert f"{name} 1.0 · running" in done.stdout


def test_a_weak_key_stops_the_command_with_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "-c", "import wsgi", SECRET_KEY="changeme")
    assert done.returncode != 0
    assert "MUSICAPP_SECRET_KEY is too weak" in done.stderr


def test_the_env_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("MUSICAPP_PORT=7000\nMUSICAPP_VISITORS=browse\n")
    monkeypatch.setenv("MUSICAPP_PORT", "8000")
    read = environment(tmp_path / ".env")
    assert (read["MUSICAPP_PORT"], read["MUSICAPP_VISITORS"]) == ("8000", "browse")
