"""Claims about PostgreSQL's programs while they run: whose signals they get, and what their end is taken for."""

import sys
import time
from threading import Event

import pytest

from musicapp import stopping
from musicapp.backup.postgres import run
from musicapp.backup.problems import BackupFailed, CutOff

OWN_SESSION = "import os, sys; sys.exit(os.getsid(0) != os.getpid())"
TOLD = "import sys; sys.exit('pg_dump: terminated by user')"
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
FAILED = "import sys; sys.exit('no room')"
SLOW = "import time; time.sleep(60)"


def program(text: str) -> list[str]:
    return [sys.executable, "-S", "-c", text]


def test_a_copy_that_was_cut_off_is_told_from_one_that_cannot_be_had() -> None:
    run(program(OWN_SESSION), {})  # so that Ctrl-C does not reach it
    for text in (TOLD, KILLED):
        with pytest.raises(CutOff):
            run(program(text), {})
    with pytest.raises(BackupFailed, match="failed: no room") as failed:
        run(program(FAILED), {})
    assert not isinstance(failed.value, CutOff)


def test_a_copy_goes_with_a_site_that_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Event()
    asked.set()
    monkeypatch.setattr(stopping, "asked", asked)
    began = time.monotonic()
    with pytest.raises(SystemExit):
        run(program(SLOW), {})
    assert time.monotonic() - began < 30
