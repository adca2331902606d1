"""Claims about sending mail, with a real SMTP server: what is tried again, what fails, and what an admin does to it."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.models import Job
from musicapp.jobs.queue import ATTEMPTS
from musicapp.jobs.services import cancel
from musicapp.mail import Letter, Picture, Posting, post, post_many, services
from musicapp.mail.models import Mail
from musicapp.mail.outbox import PAUSES_MIN
from musicapp.mail.server import hand_over
from tests.conftest import AppMaker
from tests.musicapp.mail_sink import MailSink, certificate, free_port
from tests.people import Somebody, add_person, bearer, sign_in
from tests.people import post as submit
from tests.plugins.catalog.music import retry_now, work


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


def mailing_to(make_app: AppMaker, port: int) -> Flask:
    """A site whose mail server listens on this port, and is asked again at once after it was away."""
    app = make_app(plugins=["auth"], mail_server="127.0.0.1", mail_port=port, mail_encryption="none")
    app.config["MAIL_AWAY_S"] = 0
    return app


@pytest.fixture
def app(make_app: AppMaker, sink: MailSink) -> Flask:
    return mailing_to(make_app, sink.port)


@pytest.fixture
def admin(app: Flask) -> Somebody:
    return add_person(app, "Ines", "admin")


def send(app: Flask, *addresses: str) -> None:
    with app.app_context(), writing():
        post_many("site.trial", [Posting({"address": address}, key=address, address=address) for address in addresses])
    work(app)


def mails(app: Flask) -> list[tuple[str, int, str]]:
    """What became of each mail: its state, how often it was tried, and the last answer."""
    with app.app_context():
        asked = sa.select(Mail.state, Mail.attempts, Mail.last_error).order_by(Mail.id)
        return [tuple(row) for row in db.session.execute(asked)]


def mail_health(app: Flask) -> str:
    """What /readyz says of mail; not which server takes it."""
    health = app.test_client().get("/readyz").json
    assert health is not None
    assert "127.0.0.1" not in health["data"]["mail"]["detail"]
    return str(health["data"]["mail"]["state"])


def test_a_mail_is_sent_once_with_both_parts_and_never_twice_under_one_key(app: Flask, sink: MailSink) -> None:
    send(app, "ada@example.org")
    send(app, "ada@example.org")
    [message] = sink.taken
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None and html is not None
    assert "mails arrive" in text.get_content() and "mails arrive" in html.get_content()
    assert (message["To"], message["Auto-Submitted"]) == ("ada@example.org", "auto-generated")
    assert mails(app) == [("sent", 1, "")]


def test_a_server_that_is_down_gets_the_mail_when_it_is_back(make_app: AppMaker) -> None:
    port = free_port()
    app = mailing_to(make_app, port)
    send(app, "ada@example.org")
    assert mails(app) == [("waiting", 1, "The mail server takes no connections.")]
    with MailSink(port) as sink:
        retry_now(app)
        work(app)
        work(app)
        assert sink.addresses == ["ada@example.org"]
    assert mails(app) == [("sent", 2, "")]


def test_a_server_that_nobody_vouches_for_gets_no_mail(
    make_app: AppMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with MailSink(tls=certificate(tmp_path / "mail.pem")) as sink:
        app = make_app(plugins=["auth"], mail_server="127.0.0.1", mail_port=sink.port, mail_encryption="starttls")
        app.config["MAIL_AWAY_S"] = 0
        send(app, "ada@example.org")
        [(state, _tries, reason)] = mails(app)
        assert (state, "self-signed certificate" in reason) == ("waiting", True)
        assert sink.taken == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        retry_now(app)
        work(app)
        assert sink.addresses == ["ada@example.org"]


def test_a_silent_server_costs_one_mail_its_patience_and_the_others_none(make_app: AppMaker) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        app = mailing_to(make_app, silent.getsockname()[1])
        app.config["MAIL_AWAY_S"] = 600
        assert app.extensions["mailman"].timeout == 10
        app.extensions["mailman"].timeout = 0.5
        send(app, *(f"{number}@example.org" for number in range(30)))
        silent.accept()[0].close()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert mails(app) == [("waiting", 1, "The mail server said nothing for 10 seconds.")] * 30


def test_a_mail_that_cannot_even_be_written_fails_with_the_reason(app: Flask, sink: MailSink) -> None:
    with app.app_context(), writing():
        post("site.trial", {"adress": "ada@example.org"}, key="a slip")
    for _ in range(ATTEMPTS):
        retry_now(app)
        work(app)
    [(state, tries, reason)] = mails(app)
    assert (state, tries, "adress" in reason) == ("failed", 0, True)
    assert sink.taken == []


def test_a_mailbox_that_is_busy_is_tried_again_and_given_up_after_two_days(app: Flask, sink: MailSink) -> None:
    busy = "451 greylisted, come back"
    sink.answers = {"ada@example.org": [busy], "nils@example.org": [busy] * 20}
    send(app, "ada@example.org", "nils@example.org")
    assert mails(app) == [("waiting", 1, busy)] * 2
    healths = set()
    for _ in PAUSES_MIN:
        retry_now(app)
        work(app)
        healths.add(mail_health(app))
    assert healths == {"ok", "degraded"}
    assert mail_health(app) == "ok"
    assert sum(PAUSES_MIN) / 60 == pytest.approx(48, abs=1)
    assert mails(app) == [("sent", 2, ""), ("failed", len(PAUSES_MIN) + 1, busy)]
    assert sink.addresses == ["ada@example.org"]


def test_of_a_hundred_mails_the_refused_one_fails_alone_with_the_servers_words(app: Flask, sink: MailSink) -> None:
    addresses = [f"{number}@example.org" for number in range(100)]
    sink.answers = {"42@example.org": ["550 no such user here"]}
    send(app, *addresses)
    assert sorted(sink.addresses) == sorted(set(addresses) - {"42@example.org"})
    assert mails(app)[42] == ("failed", 1, "550 no such user here")
    assert sum(state == "sent" for state, _tries, _answer in mails(app)) == 99
    assert len(sink.connections) <= 3


def test_admins_see_what_failed_and_send_it_again(
    app: Flask, sink: MailSink, client: FlaskClient, admin: Somebody
) -> None:
    sink.answers = {
        name: ["550 <no> such user"] for name in ("ada@example.org", "nils@example.org", "mira@example.org")
    }
    sink.answers["ida@example.org"] = ["450 busy"]
    send(app, *sink.answers)
    sign_in(client, admin)
    page = client.get("/outbox?of=failed").text
    assert page.count("550 &lt;no&gt; such user") == 3
    assert "ada@example.org" not in client.get("/outbox?of=failed&to=MIRA").text
    assert "450 busy" in client.get("/outbox?of=retrying").text
    submit(client, "/outbox/1/resend", {"of": "failed"})
    assert submit(client, "/outbox/1/resend", {"of": "failed"}).status_code == 409
    assert "ada@example.org" in client.get("/outbox").text
    submit(client, "/outbox/2/discard", {"of": "failed"})
    submit(client, "/outbox/resend", {"of": "failed"})
    submit(client, "/outbox/resend", {"of": "retrying"})
    work(app)
    assert sorted(sink.addresses) == ["ada@example.org", "ida@example.org", "mira@example.org"]
    assert client.get("/outbox?of=sent").text.count("Mail works – musicapp") == 3
    assert "Nothing failed" in client.get("/outbox?of=failed").text
    assert submit(client, "/outbox/1/discard", {"of": "sent"}).status_code == 409
    assert client.get("/outbox?of=lost").status_code == 404
    assert "No such mail" in client.get("/outbox?to=%00%25_").text
    assert client.get("/outbox?cursor=%00").status_code == 422
    assert app.test_client().get("/outbox").status_code == 302


def test_programs_of_admins_do_the_same_and_nobody_elses(
    app: Flask, sink: MailSink, client: FlaskClient, admin: Somebody
) -> None:
    sink.answers = {"ada@example.org": ["550 no"], "nils@example.org": ["550 no"]}
    send(app, *sink.answers)
    headers = bearer(app, admin)
    listed = client.get("/api/outbox?limit=1", headers=headers).json
    assert listed is not None and listed["next"]
    [row] = listed["data"]
    assert (row["address"], row["last_error"], row["title"]) == ("nils@example.org", "550 no", "Trial mails")
    assert client.delete(f"/api/outbox/{row['id']}", headers=headers).status_code == 200
    assert client.post("/api/outbox/resend", json={}, headers=headers).json["data"] == {"mails": 1}  # type: ignore[index]
    assert client.post(f"/api/outbox/{row['id']}/resend", headers=headers).status_code == 409
    assert client.post("/api/outbox/9999/resend", headers=headers).status_code == 404
    with app.app_context():
        cancel(db.session.scalars(sa.select(Job.id).where(Job.state == "waiting")).one())
    work(app)
    assert client.post("/api/outbox/1/resend", headers=headers).status_code == 202
    work(app)
    assert sink.addresses == ["ada@example.org"]
    listener = bearer(app, add_person(app, "Ada"))
    assert client.get("/api/outbox", headers=listener).status_code == 403
    assert client.post("/api/outbox/discard", json={}, headers=listener).status_code == 403
    runner = app.test_cli_runner()
    assert "ada@example.org" in runner.invoke(args=["mail", "list", "--of", "sent"]).output
    assert runner.invoke(args=["mail", "resend", "1"]).exit_code == 1
    assert runner.invoke(args=["mail", "discard", "--all-failed"]).output == "Discarded: 0\n"


def test_what_was_sent_is_forgotten_after_a_month_and_what_failed_is_not(app: Flask, sink: MailSink) -> None:
    sink.answers = {"nils@example.org": ["550 no"]}
    send(app, "ada@example.org", "nils@example.org", "mira@example.org")
    with app.app_context(), writing() as unit:
        long_ago = now() - services.KEPT
        unit.execute(sa.update(Mail).where(Mail.address != "mira@example.org").values(created_at=long_ago))
        unit.execute(sa.update(Mail).where(Mail.address == "ada@example.org").values(sent_at=long_ago))
    with app.app_context():
        assert services.forget_old(now()) == 1
    assert [state for state, _tries, _answer in mails(app)] == ["failed", "sent"]


def test_a_mail_that_gets_the_number_of_a_forgotten_one_is_sent(app: Flask, sink: MailSink) -> None:
    send(app, "ada@example.org", "nils@example.org")
    with app.app_context(), writing():
        post("site.trial", {"address": "late@example.org"}, key="late", address="late@example.org")
        services.forget_mails_to(0, "LATE@example.org")
        services.forget_mails("site.trial", ["nils@example.org"])
        post("site.trial", {"address": "mira@example.org"}, key="mira", address="mira@example.org")
    work(app)
    assert sink.addresses == ["ada@example.org", "nils@example.org", "mira@example.org"]
    assert [state for state, _tries, _answer in mails(app)] == ["sent", "sent"]


def test_without_a_server_a_site_for_trying_out_keeps_its_mail_for_admins(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app(plugins=["auth"], debug=True)
    ines, client = add_person(app, "Ines", "admin"), app.test_client()
    sign_in(client, ines)
    assert "No mail yet" in client.get("/mail").text
    submit(client, "/outbox/trial", page="/outbox")
    work(app)
    [kept] = (tmp_path / "instance" / "caught-mail").iterdir()
    page = client.get(f"/mail/{kept.stem}")
    assert "the site&#39;s mails arrive" in page.text and "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = client.get(f"/mail/{kept.stem}/html")
    policy = framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    with app.app_context():
        dot = Picture("dot", b"not really a PNG")
        hand_over(Letter("ida@example.org", "A dot", "", '<p><img src="cid:dot">', pictures=[dot]), "<dot@example.org>")
    [newest] = {path.stem for path in kept.parent.iterdir()} - {kept.stem}
    assert '<img src="data:image/png;base64,' in client.get(f"/mail/{newest}/html").text
    assert client.get("/mail/..%2fsecret_key").status_code == 404
    for stranger in (app.test_client(), client_of(app, add_person(app, "Ada"))):
        assert stranger.get("/mail").status_code != 200
        assert stranger.get(f"/mail/{kept.stem}/html").status_code != 200
    without = make_app(plugins=["auth"])
    with without.app_context(), writing():
        post("site.trial", {"address": "ada@example.org"}, key="nobody")
    assert client_of(without, ines).get("/mail").status_code == 404
    assert [state for state, _tries, _answer in mails(without)] == ["sent"]


def client_of(app: Flask, person: Somebody) -> FlaskClient:
    client = app.test_client()
    sign_in(client, person)
    return client
