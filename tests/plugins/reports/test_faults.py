"""What people are sent by real processes that are killed, emptied, doubled and asleep: each thing once, none lost."""

import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.doorbell import ring
from musicapp.jobs.ledger import make_due_periods
from musicapp.jobs.models import Job, ScheduledRun
from musicapp.mail.models import Mail
from plugins.auth.models import User
from plugins.reports.models import Reminded, TakenOut
from plugins.reports.services import reminders
from tests.conftest import AppMaker, on_one_database
from tests.musicapp.jobs.workplace import SETTINGS, Workplace, until
from tests.musicapp.mail_sink import MailSink, free_port
from tests.people import add_person, bearer
from tests.plugins.reports import bell, ledger

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PLUGINS = ["auth", "inbox", "reports", "bell", "ledger"]
PATIENCE_S = 90
PEOPLE = 40
NIGHTS = 20
MIDNIGHT = "reports.remind"


class Night:
    """A site whose people are all to be reminded; nobody does its jobs before a worker is started."""

    def __init__(self, place: Workplace, mail_port: int, make_app: AppMaker) -> None:
        server = {"mail_server": "127.0.0.1", "mail_port": mail_port, "mail_encryption": "none"}
        place.environment |= {f"MUSICAPP_{name.upper()}": str(value) for name, value in server.items()}
        place.environment["MUSICAPP_PLUGINS"] = ",".join(PLUGINS)
        place.app = make_app(plugins=PLUGINS, redis_url=place.redis.address.url, **server, **SETTINGS)
        self.place, self.app, self.mail_port = place, place.app, mail_port
        self.ada = add_person(self.app, "Ada")
        with self.app.app_context(), writing() as unit:
            same = {"password": "-", "confirmed_at": now()}
            rows = [{"name": f"P{n}", "email": f"p{n}@example.org", **same} for n in range(PEOPLE - 2)]
            unit.execute(sa.insert(User), rows)
            self.addresses = sorted(unit.scalars(sa.select(User.email)))

    def states(self) -> Counter[str]:
        """How many mails are in each state."""
        with self.app.app_context():
            return Counter(session().scalars(sa.select(Mail.state)))

    def jobs(self, kind: str) -> list[Job]:
        with self.app.app_context():
            return list(session().scalars(sa.select(Job).where(Job.kind == kind).order_by(Job.id)))

    def is_done(self, kind: str, number: int) -> bool:
        return [job.state for job in self.jobs(kind)] == ["done"] * number


@pytest.fixture
def night(make_app: AppMaker, tmp_path: Path, database: str) -> Iterator[Night]:
    plugins = tmp_path / "instance" / "plugins"
    plugins.mkdir(parents=True)
    for plugin in (bell, ledger):
        shutil.copy(str(plugin.__file__), plugins)
    with Workplace(tmp_path / "instance", database) as place:
        yield Night(place, free_port(), make_app)


# What two schedulers do to each other differs where several may write at once.
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_after_weeks_asleep_two_schedulers_remind_each_once_and_only_of_today(night: Night) -> None:
    slept_at = datetime.now(UTC) - timedelta(days=NIGHTS)
    with night.app.app_context(), writing() as unit:
        unit.add(ScheduledRun(kind=MIDNIGHT, period=slept_at.date().isoformat(), due_at=slept_at))
    refused = night.addresses[22]
    both = threading.Barrier(2)

    def look() -> None:
        both.wait()
        with night.app.app_context():
            make_due_periods(now())

    with MailSink(night.mail_port) as sink:
        sink.answers = {refused: ["550 no such user here"]}
        schedulers = [threading.Thread(target=look) for _ in range(2)]
        night.place.start_worker()
        for one in schedulers:
            one.start()
        for one in schedulers:
            one.join()
        nights = len(night.jobs(MIDNIGHT))
        assert nights in (NIGHTS, NIGHTS + 1)
        assert until(lambda: night.is_done(MIDNIGHT, nights), PATIENCE_S), night.jobs(MIDNIGHT)
        assert until(lambda: night.states() == {"sent": PEOPLE - 1, "failed": 1}, PATIENCE_S), night.states()
        assert sorted(sink.addresses) == sorted(set(night.addresses) - {refused})
    with night.app.app_context():
        [failed] = session().scalars(sa.select(Mail).where(Mail.state == "failed"))
        assert (failed.address, failed.last_error) == (refused, "550 no such user here")
        days = set(session().scalars(sa.select(Reminded.day)))
        assert days == {max(datetime.fromisoformat(job.payload["until"]) for job in night.jobs(MIDNIGHT)).date()}


@on_one_database
def test_mails_and_an_export_that_wait_outlive_redis_and_the_workers_that_took_them(night: Night) -> None:
    place, on_their_way = night.place, []
    headers = bearer(night.app, night.ada)
    with night.app.app_context():
        reminders.remind(now(), lambda _letters: None)
    started = night.app.test_client().post("/api/exports", json={"name": "ledger.lines"}, headers=headers)
    assert started.status_code == 202, started.text
    poison = place.enqueue("bell.poison")
    place.empty_redis()

    with MailSink(night.mail_port) as sink:

        def kill_once(message: EmailMessage) -> None:
            if not on_their_way and len(sink.taken) > 3:
                on_their_way.append(str(message["To"]))
                for pid in place.slots():
                    with suppress(ProcessLookupError):
                        os.kill(pid, 9)

        sink.before_taking = kill_once
        place.start_worker()
        for job in night.jobs("site.send_mail"):
            for _ in range(10):
                with night.app.app_context():
                    ring(job.id, long=job.long)
        assert until(lambda: night.states() == {"sent": PEOPLE}, PATIENCE_S), night.states()
        taken = Counter(sink.addresses)
        assert sorted(taken) == night.addresses
        assert [taken[address] for address in on_their_way] == [2]
        # The other slot was killed, too, and may have been at a mail as well; so may those that the poison took along.
        assert sum(taken.values()) <= PEOPLE + 2
        assert len({str(message["Message-ID"]) for message in sink.taken}) == PEOPLE
        assert until(lambda: place.job(poison).state == "dead", PATIENCE_S)
    with night.app.app_context():
        assert until(lambda: export_state() == ("ready", ledger.ROWS), PATIENCE_S), export_state()


def export_state() -> tuple[str, int | None]:
    session().rollback()
    export = session().scalars(sa.select(TakenOut)).one()
    return export.state, export.rows_count
