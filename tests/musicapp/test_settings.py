"""Claims about what an owner types: the file `.env` and the addresses of the site, and the sentence for a slip."""

from pathlib import Path

import pytest

from config import Config
from musicapp.settings import SettingsError, environment


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("MUSICAPP_PORT=5000\nMUSICAPP_MAIL_PASSWORD hush-hush\n", 2),
        ("\n\n# a word\nMUSICAPP_DEMO hush-hush", 4),
        ("MUSICAPP_MAIL_PASSWORD='hush-hush\nMUSICAPP_PORT=5000\n", 1),
        ("hush-hush\n", 1),
    ],
)
def test_a_line_that_cannot_be_read_is_numbered_and_not_shown(tmp_path: Path, text: str, number: int) -> None:
    (tmp_path / ".env").write_text(text)
    with pytest.raises(SettingsError, match=rf"^Line {number} of .+\.env cannot be read\.") as refused:
        environment(tmp_path / ".env")
    assert "hush" not in str(refused.value)


def test_a_file_of_any_editor_is_read_or_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(
        "\ufeffMUSICAPP_SITE_URL=https://a.example\r\n\r\n# é\r\nMUSICAPP_MAIL_FROM=é@a.example\r\n".encode()
    )
    read = environment(path)
    assert (read["MUSICAPP_SITE_URL"], read["MUSICAPP_MAIL_FROM"]) == ("https://a.example", "é@a.example")
    for text in ("MUSICAPP_MAIL_FROM=é@a.example".encode("latin-1"), "MUSICAPP_PORT=5000".encode("utf-16")):
        path.write_bytes(text)
        with pytest.raises(SettingsError, match="UTF-8"):
            environment(path)


@pytest.mark.parametrize(
    "told",
    [
        "music.example.org",
        "localhost:5000",
        "ftp://music.example.org",
        "https://",
        "https://music.example.org/music",
        "https://music.example.org?x",
        "https://music.example.org?",
        "https://music.example.org/#",
        "https://music.example.org:",
        "https://ada@music.example.org",
        "https://music.example.org:many",
        "https://music.example.org:0",
        "https://music. example.org",
    ],
)
def test_an_address_that_links_could_not_begin_with_is_refused(told: str) -> None:
    with pytest.raises(SettingsError, match=r"^MUSICAPP_SITE_URL cannot be used: .*https://music\.example\.org or"):
        Config.read({"MUSICAPP_SITE_URL": told})


def test_an_address_is_taken_with_a_port_in_small_letters_and_without_its_slash() -> None:
    for told in ("https://music.example.org/", "http://localhost:5000", "http://[::1]:5000"):
        assert Config.read({"MUSICAPP_SITE_URL": told}).site_url == told.rstrip("/")
    loud = Config.read({"MUSICAPP_SITE_URL": "HTTPS://Music.Example.org:8443"})
    assert loud.site_url == "https://music.example.org:8443"


def test_proxies_are_told_by_their_addresses() -> None:
    config = Config.read({"MUSICAPP_TRUSTED_PROXIES": "127.0.0.1, 0:0:0:0:0:0:0:1"})
    assert config.trusted_proxies == ["127.0.0.1", "::1"]
    for told in ("proxy", "10.57.7.0/24"):
        with pytest.raises(SettingsError, match=f"“{told}” is no address"):
            Config.read({"MUSICAPP_TRUSTED_PROXIES": f"127.0.0.1,{told}"})
