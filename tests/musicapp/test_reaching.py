"""Claims about reaching other sites: only what is public or allowed, only what was checked, and never for long."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from musicapp.clock import now
from musicapp.reaching import NotAllowed, NotReached, checked_target, resolve, send
from tests.conftest import on_one_database

A_DAY = timedelta(days=1)
PRIVATE = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.9", "192.88.99.1", "198.18.0.1", "168.63.129.16"),
    *("::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::"),
    *("2001:0:7f00:1::", "2001:db8::1", "100::1"),
]
PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]


@contextmanager
def answering(*pieces: bytes, pause_s: float = 0.0, trust: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that says the pieces to whoever connects, with a pause after each, behind a certificate or without one;
    its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        over = threading.Event()

        def serve() -> None:
            while True:
                try:
                    taken, _ = server.accept()
                except OSError:
                    return
                try:
                    with trust.wrap_socket(taken, server_side=True) if trust else taken as spoken_to:
                        spoken_to.recv(65_536)
                        for piece in pieces:
                            spoken_to.sendall(piece)
                            over.wait(pause_s)
                except OSError:
                    """Who asked has hung up."""
                finally:
                    taken.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def reaching(app: Flask) -> Iterator[Flask]:
    """A site that may reach this machine."""
    app.config["REACH_PRIVATE"] = ["127.0.0.1"]
    with app.app_context():
        yield app


@on_one_database
def test_no_private_address_is_reached_however_it_is_written(app: Flask) -> None:
    with app.app_context():
        for address in PRIVATE:
            with pytest.raises(NotAllowed, match="REACH_PRIVATE"):
                checked_target("https://chat.example/x", resolver=lambda _host, _port, it=address: [it])
            with pytest.raises(NotAllowed):  # one bad address among good ones is enough
                checked_target("https://chat.example/x", resolver=lambda _h, _p, it=address: [PUBLIC[0], it])
        for address in PUBLIC:
            assert checked_target("https://a.example/", resolver=lambda _h, _p, it=address: [it]).addresses == (
                address,
            )
        for host in ("localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:7f00:1]", "[::1]"):
            with pytest.raises((NotAllowed, NotReached)):
                checked_target(f"https://{host}/")


@on_one_database
def test_only_plain_web_addresses_are_taken_and_the_ports_of_the_web(app: Flask) -> None:
    strange = ["ftp://a.example", "https://me:pass@a.example", "https://a.example:22/", "https://a.example:0x1/"]
    strange += [
        "https://a.example/a b",
        "https://a.example/\r\nHost: b",
        "https://",
        "//a.example",
        "https://ä.example",
    ]
    strange += ["https://a.example\\@b.example", "https://[::1", "https://a.example/" + "x" * 2_000]
    with app.app_context():
        for url in strange:
            with pytest.raises(NotAllowed):
                checked_target(url, resolver=lambda _host, _port: [PUBLIC[0]])


@on_one_database
def test_what_the_owner_allows_is_reached_at_any_port_but_never_where_clouds_keep_passwords(app: Flask) -> None:
    app.config["REACH_PRIVATE"] = ["Chat.lan", "10.1.0.0/16"]
    answers = {"chat.lan": ["192.168.1.5"], "b.example": ["10.1.2.3"], "c.example": ["10.2.2.3"]}

    def resolver(host: str, _port: int) -> list[str]:
        return answers[host]

    with app.app_context():
        assert checked_target("http://chat.lan:8065/hooks", resolver=resolver).is_own
        assert checked_target("http://b.example:8065/", resolver=resolver).named == "b.example:8065"
        with pytest.raises(NotAllowed):
            checked_target("http://c.example/", resolver=resolver)
        answers["chat.lan"] = ["169.254.169.254"]
        with pytest.raises(NotAllowed):
            checked_target("http://chat.lan:8065/hooks", resolver=resolver)


@on_one_database
def test_a_name_that_changes_its_address_after_the_check_leads_nowhere_else(reaching: Flask) -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as port:
        target = checked_target(f"http://chat.example:{port}/x?y=1", resolver=rebinding)
        assert send(target, b"{}", {}).status == 204
    assert asked == ["chat.example"]


@on_one_database
def test_the_host_that_was_named_is_spoken_to_and_a_redirect_is_not_followed(reaching: Flask) -> None:
    heard: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]

        def serve() -> None:
            taken, _ = server.accept()
            with taken:
                heard.append(taken.recv(65_536))
                taken.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 2\r\n\r\nno")

        thread = threading.Thread(target=serve)
        thread.start()
        target = checked_target(f"http://chat.example:{port}/hook?key=1", resolver=lambda _h, _p: ["127.0.0.1"])
        answer = send(target, b"{}", {"Content-Type": "application/json"})
        thread.join()
    assert (answer.status, answer.headers["location"], answer.first_line) == (302, "http://169.254.169.254/", "no")
    assert heard[0].startswith(b"POST /hook?key=1 HTTP/1.1\r\n")
    assert f"Host: chat.example:{port}\r\n".encode() in heard[0]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of chat.example that nobody trusts yet, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "chat.example")])
    today = now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), today, today + A_DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("chat.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@on_one_database
def test_only_who_has_the_certificate_of_the_host_is_spoken_to(
    reaching: Flask, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(certificate)

    def ask(port: int, host: str) -> int:
        target = checked_target(f"https://{host}:{port}/", resolver=lambda _host, _port: ["127.0.0.1"])
        return send(target, b"{}", {}).status

    with answering(b"HTTP/1.1 204 No Content\r\n\r\n", trust=trust) as port:
        with pytest.raises(NotReached, match=r"certificate of chat\.example is not good"):
            ask(port, "chat.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert ask(port, "chat.example") == 204
        with pytest.raises(NotReached, match=r"certificate of other\.example is not good"):
            ask(port, "other.example")
    with answering(b"hello") as port, pytest.raises(NotReached, match="no protected connection"):
        ask(port, "chat.example")


@on_one_database
def test_who_is_silent_or_slow_or_endless_holds_nobody_for_long(reaching: Flask, refusing: str, silent: str) -> None:
    def asked(port: int, seconds: float = 0.5) -> bytes:
        return send(checked_target(f"http://127.0.0.1:{port}/"), b"{}", {}, seconds=seconds).body

    began = time.monotonic()
    for address, words in [(silent, "did not answer within"), (refusing, "takes no connections")]:
        with pytest.raises(NotReached, match=words):
            asked(int(address.split(":")[2].split("/")[0]))
    with answering(*[b"x"] * 1_000, pause_s=0.1) as port, pytest.raises(NotReached, match="did not answer"):
        asked(port)
    with answering(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 65_536] * 40) as port:
        assert len(asked(port, 10)) == 64 * 1024
    with answering(b"nonsense\r\n\r\n") as port, pytest.raises(NotReached, match="ended the connection"):
        asked(port, 10)
    over = threading.Event()
    with pytest.raises(NotReached, match="could not be looked up"):
        resolve("slow.example", 443, 0.2, lambda _host, _port: [str(over.wait(20))])
    over.set()
    assert time.monotonic() - began < 20
