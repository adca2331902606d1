"""Claims about the guard and the headers, on a site with only small plugins. SQLite is enough here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from musicapp.outside import proxy_addresses
from musicapp.proxies import OneHost, TrustedProxy
from musicapp.secrets import kept_secret
from musicapp.settings import SettingsError
from musicapp.throttle import network_of
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards, write_plugin

DOORS = """
from flask import request

@plugin.get("/", permission="public")
def index():
    return request.host_url

@plugin.get("/listen", permission="listen")
def listen():
    return "music"

@plugin.get("/member", permission="member")
def member():
    return "members"

@plugin.post("/form", permission="public")
def form():
    return "posted"

plugin.right("doors.open", roles=["porter"])

@plugin.get("/right", permission="doors.open")
def right():
    return "open"
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def make_doors(make_app: AppMaker, tmp_path: Path) -> Iterator[AppMaker]:
    with forgotten_afterwards():
        write_plugin(tmp_path / "instance" / "plugins", "doors", DOORS)
        yield lambda **settings: make_app(plugins=["doors"], **settings)


@pytest.fixture
def client(make_doors: AppMaker) -> FlaskClient:
    return make_doors().test_client()


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for path in ("/doors/", "/nothing", "/healthz", "/api/nothing", "/doors/member"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Cache-Control" in headers


def test_each_page_has_a_nonce_of_its_own(client: FlaskClient) -> None:
    pages = [client.get("/components") for _ in range(2)]
    nonces = [re.search(r'name="csp-nonce" content="([^"]+)"', page.text) for page in pages]
    for page, nonce in zip(pages, nonces, strict=True):
        assert nonce and f"'nonce-{nonce[1]}'" in page.headers["Content-Security-Policy"]
    assert len({nonce[1] for nonce in nonces if nonce}) == 2


def test_https_is_kept_only_where_the_site_has_it(make_doors: AppMaker) -> None:
    plain = make_doors(site_url="http://music.example")
    secure = make_doors(site_url="https://music.example")
    assert "Strict-Transport-Security" not in plain.test_client().get("/doors/").headers
    assert "Strict-Transport-Security" in secure.test_client().get("/doors/").headers
    assert (plain.config["SESSION_COOKIE_SECURE"], secure.config["SESSION_COOKIE_SECURE"]) == (False, True)


def test_visitors_are_kept_from_what_asks_for_a_right(client: FlaskClient) -> None:
    for path in ("/doors/member", "/doors/right"):
        assert client.get(path).status_code == 401


@pytest.mark.parametrize(("visitors", "status"), [("listen", 200), ("browse", 200), ("nothing", 401)])
def test_what_visitors_may_do_is_a_setting(make_doors: AppMaker, visitors: str, status: int) -> None:
    client = make_doors(visitors=visitors).test_client()
    assert client.get("/doors/listen").status_code == status


def test_a_form_without_a_csrf_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/doors/form").status_code == 400


def test_links_follow_the_sites_address_whatever_the_host_header_says(make_doors: AppMaker) -> None:
    client = make_doors(site_url="https://music.example").test_client()
    for host in ("evil.example", "music.example:81", "127.0.0.1"):
        assert client.get("/doors/", headers={"Host": host}).text == "https://music.example/"


def address_behind(proxies: list[str], peer: str, forwarded: str) -> str:
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: f"{request.remote_addr} {request.scheme}")
    app.wsgi_app = TrustedProxy(app.wsgi_app, proxies)  # type: ignore[method-assign]
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https", "X-Real-IP": forwarded}
    return app.test_client().get("/", headers=headers, environ_overrides={"REMOTE_ADDR": peer}).text


def test_forwarded_headers_are_believed_only_from_named_proxies() -> None:
    assert address_behind(["10.0.0.1"], "10.0.0.1", "192.0.2.7") == "192.0.2.7 https"
    assert address_behind(["10.0.0.1"], "10.0.0.2", "192.0.2.7") == "10.0.0.2 http"
    assert address_behind([], "127.0.0.1", "192.0.2.7") == "127.0.0.1 http"


def test_an_address_of_ipv4_is_one_however_a_socket_writes_it() -> None:
    for told in ("10.0.0.1", "::ffff:10.0.0.1", "::FFFF:a00:1"):
        assert proxy_addresses([told]) == ["10.0.0.1"]
        assert address_behind(["10.0.0.1"], told, "192.0.2.7") == "192.0.2.7 https"
        assert address_behind([], told, "192.0.2.7") == "10.0.0.1 http"
        assert network_of(told) == "10.0.0.1"
    assert network_of("2001:db8::ffff:10.0.0.1") == "2001:db8::/64"
    assert [network_of(told) for told in ("", "unix:", "fe80::1%eth0")] == ["", "unix:", "fe80::/64"]


def test_a_chain_of_forwarded_addresses_counts_only_the_proxys_own_entry() -> None:
    assert address_behind(["10.0.0.1"], "10.0.0.1", "1.2.3.4, 192.0.2.7") == "192.0.2.7 https"


def test_one_host_keeps_the_port_of_the_sites_address() -> None:
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: request.url_root)
    app.wsgi_app = OneHost(app.wsgi_app, "http://localhost:5000")  # type: ignore[method-assign]
    assert app.test_client().get("/", headers={"Host": "evil"}).text == "http://localhost:5000/"


def test_secrets_are_made_once_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    first = kept_secret(tmp_path, "secret_key")
    assert len(first) >= 48
    assert kept_secret(tmp_path, "secret_key") == first
    assert kept_secret(tmp_path, "security_password_salt") != first
    path = tmp_path / "secrets" / "secret_key"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("weak", ["secret", "a" * 64, "changeme" * 4, "0123456789" * 3])
def test_a_weak_secret_refuses_to_start_and_says_what_to_do(make_app: AppMaker, weak: str) -> None:
    with pytest.raises(SettingsError, match=r"too weak.*Leave it out"):
        make_app(plugins=[], secret_key=weak)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MUSICAPP_PORT", "eighty", "MUSICAPP_PORT cannot be used"),
        ("MUSICAPP_VISITORS", "everything", "MUSICAPP_VISITORS cannot be used"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=sentence):
        make_app(plugins=[])


def test_an_unknown_setting_gets_a_hint(make_app: AppMaker) -> None:
    with pytest.raises(SettingsError, match="Did you mean “visitors”"):
        make_app(visitor="listen")


def test_usual_bare_names_are_read_and_our_own_win(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8000")
    assert make_app(plugins=[]).config["PORT"] == 8000
    monkeypatch.setenv("MUSICAPP_PORT", "9000")
    app = make_app(plugins=[])
    assert (app.config["PORT"], app.config["SITE_URL"]) == (9000, "http://localhost:9000")
