"""Playlists: what they may be called, who sees them, how they go and come back, and where they are found."""

import io
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict, Invalid, NotFound
from plugins.catalog.services import find_subject, keep_cover
from plugins.playlists import services
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.deleting import purge
from tests.people import Somebody
from tests.plugins.catalog.music import fetch, ready_song
from tests.plugins.playlists.lists import Asks, made, many_songs, standing, together


def test_an_owner_has_each_name_once_in_any_script(app: Flask, mira: Somebody, jonas: Somebody) -> None:
    for name in ("Regen ☔", "夜のバス", "かき", "がき", "Café", "Cafe", "C++", "C", "كرة", "a/b", "STRASSE"):
        made(app, mira, name)
    made(app, jonas, "夜のバス")
    with app.app_context():
        for name in ("  regen  ☔", "夜のバス", "CAFÉ", "c", "Straße", "Ｃ＋＋"):
            with pytest.raises(Conflict) as refused:
                services.create_playlist(Asks(mira), name)
            assert list(refused.value.errors) == ["name"]
        for name in ("", " \u200f ", "x" * 121):
            with pytest.raises(Invalid):
                services.create_playlist(Asks(mira), name)
        asks = Asks(mira)
    told = together(app, [partial(services.create_playlist, asks, "At once") for _ in range(8)])
    assert sorted(told)[:2] == ["", "You have a playlist called “At once” already."]


def test_words_written_upon_older_words_are_refused(app: Flask, nils: Somebody, mira: Somebody) -> None:
    playlist_id = made(app, mira)
    with app.app_context():
        asks = Asks(mira)
        read = services.playlist_detail(asks, playlist_id).card.revision
        services.add_songs(asks, playlist_id, many_songs(app, nils, 1))
        services.change_playlist(asks, playlist_id, read, name="Rowing out")
        with pytest.raises(Conflict):
            services.change_playlist(asks, playlist_id, read, description="For the oars")
        card = services.playlist_detail(asks, playlist_id).card
        assert (card.name, card.description) == ("Rowing out", "")


SEEN_BY = {
    "private": "owner editor staff",
    "unlisted": "owner editor staff stranger visitor",
    "public": "owner editor staff stranger visitor",
    "hidden": "owner staff",
}


def test_who_sees_which_playlist(app: Flask, mira: Somebody, jonas: Somebody, staff: Somebody, nils: Somebody) -> None:
    ids = {kind: made(app, mira, kind, visibility=kind.replace("hidden", "public")) for kind in SEEN_BY}
    with app.app_context():
        for playlist_id in ids.values():
            services.add_collaborator(Asks(mira), playlist_id, "Jonas", "editor")
        with writing() as unit:
            unit.execute(sa.update(Playlist).where(Playlist.id == ids["hidden"]).values(hidden_at=now()))
        people = {"owner": mira, "editor": jonas, "staff": staff, "stranger": nils}
        readers = {name: Asks(person) for name, person in people.items()} | {"visitor": None}
        for kind, playlist_id in ids.items():
            assert " ".join(name for name, reader in readers.items() if opens(reader, playlist_id)) == SEEN_BY[kind]
        assert [card.name for card in services.public_playlists(None).rows] == ["public"]
        assert [len(services.find_playlists(None, kind)) for kind in SEEN_BY] == [0, 0, 1, 0]
        assert {card.name for card in services.shared_playlists(readers["editor"]).rows} == {*SEEN_BY} - {"hidden"}
        assert len(services.own_playlists(readers["owner"]).rows) == 4


def opens(reader: Asks | None, playlist_id: int) -> bool:
    """Whether somebody may open a playlist: its page, its songs and what others make of it alike."""
    told = []
    subject = partial(find_subject, reader, "playlist", playlist_id)
    detail, entries = (partial(look, reader, playlist_id) for look in (services.playlist_detail, services.entries_of))
    for look in (detail, entries, subject):
        try:
            look()
            told.append(True)
        except NotFound:
            told.append(False)
    assert len(set(told)) == 1
    return told[0]


def test_a_deleted_playlist_comes_back_whole_or_goes_for_ever(app: Flask, nils: Somebody, mira: Somebody) -> None:
    songs = many_songs(app, nils, 3)
    playlist_id = made(app, mira, song_ids=songs)
    first = standing(app, playlist_id)[0][0]
    long_ago = now() - timedelta(days=32)
    with app.app_context():
        asks = Asks(mira)
        services.remove_entries(asks, playlist_id, [first])
        services.delete_playlist(asks, playlist_id)
        with pytest.raises(NotFound):
            services.playlist_detail(asks, playlist_id)
        other = services.create_playlist(asks, "Rowing home")
        with pytest.raises(Conflict):
            services.restore_playlist(asks, playlist_id)
        services.change_playlist(asks, other, None, name="Another")
        assert [one.id for one in services.deleted_playlists(asks)] == [playlist_id]
        services.restore_playlist(asks, playlist_id)
        assert [song for _, song in standing(app, playlist_id)] == songs[1:]
        services.delete_playlist(asks, other)
        assert purge() == 0
        with writing() as unit:
            unit.execute(sa.update(Entry).where(Entry.id == first).values(removed_at=long_ago))
            unit.execute(sa.update(Playlist).where(Playlist.id == other).values(deleted_at=long_ago))
        with pytest.raises(Conflict):
            services.restore_playlist(asks, other)
        assert (purge(), purge()) == (2, 0)
        assert list(db.session.scalars(sa.select(Playlist.id))) == [playlist_id]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 2


def picture() -> bytes:
    """A square of one colour, as PNG."""
    written = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(written, "PNG")
    return written.getvalue()


def test_a_playlist_wears_the_covers_of_its_albums_or_the_one_that_was_chosen(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody
) -> None:
    songs = [ready_song(app, nils.id, f"Song {number}", album=f"Album {number}") for number in range(6)]
    with app.app_context(), writing() as unit:
        rows = [f"('{number:064}', 'a', 'b', 'c', '{number}', '2026-01-01')" for number in range(1, 6)]
        columns = "source_sha256, key_96, key_300, key_600, tint, created_at"
        unit.execute(sa.text(f"INSERT INTO catalog_cover ({columns}) VALUES {', '.join(rows)}"))
        unit.execute(sa.text("UPDATE catalog_album SET cover_id = id, tint = '7' WHERE id <= 5"))
        unit.execute(sa.text("UPDATE catalog_album SET cover_id = NULL WHERE id = 6"))
    one, two, none = (
        made(app, mira, "One", song_ids=[songs[5], *songs[4::-1], *songs], visibility="public"),
        made(app, mira, "Two", song_ids=[songs[0], songs[0]]),
        made(app, mira, "None"),
    )
    with app.app_context(), app.test_request_context():
        covers = {card.id: card.covers for card in services.own_playlists(Asks(mira)).rows}
        assert covers[one] == [f"/songs/{number}/cover/300.webp?v={number}" for number in (5, 4, 3, 2)]
        assert (len(covers[two]), covers[none]) == (1, [])
        assert services.playlist_detail(None, one).card.tint == "7"
        services.change_cover(Asks(mira), one, keep_cover(picture()))
        card = services.playlist_detail(None, one).card
        [chosen] = card.covers
        assert chosen.startswith(f"/api/playlists/{one}/cover/300.webp?v=") and card.tint != "7"
    assert fetch(client, chosen).mimetype == "image/webp"
    with app.app_context():
        services.change_cover(Asks(mira), one, None)
        with pytest.raises(Conflict, match="just removed"):
            services.change_cover(Asks(mira), one, 2_000_000)
    assert fetch(client, chosen).status_code == 404
    assert fetch(client, f"/api/playlists/{two}/cover/300.webp").status_code == 404


def test_playlists_are_found_by_the_beginning_of_their_words(
    app: Flask, client: FlaskClient, mira: Somebody, jonas: Somebody
) -> None:
    for name in ("Årdal at night", "Night Bus", "Fortnight", "夜のバス"):
        made(app, mira, name, visibility="public")
    made(app, mira, "Night thoughts")
    with app.app_context():
        found = [card.name for card in services.find_playlists(Asks(jonas), "níght")]
        assert found == ["Night Bus", "Årdal at night"]
        assert len(services.find_playlists(Asks(mira), "night")) == 3
        assert [card.name for card in services.find_playlists(None, "ardal")] == ["Årdal at night"]
        assert [card.name for card in services.find_playlists(None, "夜の")] == ["夜のバス"]
        assert services.find_playlists(None, "%") == []
    shown = client.get("/api/search?q=night&kind=playlist").json["data"]["playlists"]
    assert [one["title"] for one in shown] == ["Night Bus", "Årdal at night"]
