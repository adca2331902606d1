"""kill -9 of the processes that mail, while the server takes a mail: every mail arrives, and none but theirs twice."""

import os
from collections import Counter
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.mail import Posting, post_many
from musicapp.mail.models import Mail
from tests.conftest import AppMaker
from tests.musicapp.jobs.workplace import Workplace, until
from tests.musicapp.mail_sink import MailSink

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

MAILS = 30


def test_a_worker_that_dies_before_it_can_note_that_a_mail_was_taken_doubles_no_other(
    make_probe: AppMaker, tmp_path: Path, database: str
) -> None:
    on_their_way: list[str] = []

    with MailSink() as sink, Workplace(tmp_path / "instance", database) as place:

        def kill_once(message: EmailMessage) -> None:
            if not on_their_way and len(sink.taken) > 3:
                on_their_way.append(str(message["To"]))
                for pid in place.slots():
                    with suppress(ProcessLookupError):
                        os.kill(pid, 9)

        sink.before_taking = kill_once
        server = {"mail_server": "127.0.0.1", "mail_port": sink.port, "mail_encryption": "none"}
        place.environment |= {f"MUSICAPP_{name.upper()}": str(value) for name, value in server.items()}
        place.app = make_probe(redis_url=place.redis.address.url, **server)
        place.start_worker()
        addresses = [f"{number}@example.org" for number in range(MAILS)]
        with place.app.app_context(), writing():
            post_many("site.trial", [Posting({"address": address}, key=address) for address in addresses])
        assert until(lambda: states(place) == ["sent"] * MAILS, 60), states(place)
        taken = Counter(sink.addresses)
        assert sorted(taken) == sorted(addresses)
        assert [taken[address] for address in on_their_way] == [2]
        # Both slots were killed, so the other may have been at a mail, too.
        assert sum(taken.values()) <= MAILS + 2
        ids = {str(message["Message-ID"]) for message in sink.taken}
        assert len(ids) == MAILS


def states(place: Workplace) -> list[str]:
    with place.app.app_context():
        return list(session().execute(sa.select(Mail.state)).scalars())
