"""Entries of playlists: their order, many who edit at once, removals that can be undone, songs that come and go."""

import random
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db
from musicapp.errors import Conflict, Invalid, NotFound
from plugins.catalog.models import Song
from plugins.catalog.services.removing import purge
from plugins.playlists import services
from plugins.playlists.models import Change
from tests.people import Somebody
from tests.plugins.catalog.music import Counted, Headers, set_song, work
from tests.plugins.playlists.lists import Asks, counted, made, many_songs, standing, together


def test_fifty_edits_at_once_lose_and_double_no_entry(
    app: Flask, nils: Somebody, mira: Somebody, jonas: Somebody
) -> None:
    songs = many_songs(app, nils, 60)
    playlist_id = made(app, mira, song_ids=[*songs[:20], *songs[:20]])
    with app.app_context():
        services.add_collaborator(Asks(mira), playlist_id, "Jonas", "editor")
        people = [Asks(mira), Asks(jonas)]
    there = [entry_id for entry_id, _ in standing(app, playlist_id)]
    goes, moves, stays = there[:15], there[15:30], there[30:]
    before_count, before_revision = counted(app, playlist_id)
    chance = random.Random(4)
    edits = [
        *(partial(services.add_songs, song_ids=[one], before_id=chance.choice([*stays, None])) for one in songs[20:40]),
        *(partial(services.remove_entries, entry_ids=[one]) for one in goes),
        *(partial(services.move_entries, entry_ids=[one], before_id=chance.choice([*stays, None])) for one in moves),
    ]
    chance.shuffle(edits)
    acts = [partial(edit, people[number % 2], playlist_id) for number, edit in enumerate(edits)]
    assert together(app, acts) == [""] * 50
    entries = standing(app, playlist_id)
    kept = set(there) - set(goes)
    assert len({entry_id for entry_id, _ in entries}) == len(entries) == 45
    assert kept <= {entry_id for entry_id, _ in entries}
    assert Counter(song for _, song in entries)[songs[25]] == 1
    assert sorted(song for entry_id, song in entries if entry_id not in kept) == songs[20:40]
    assert [entry_id for entry_id, _ in entries if entry_id in stays] == stays
    assert counted(app, playlist_id) == (before_count + 20 - 15, before_revision + 50)
    with app.app_context():
        kinds = Counter(db.session.scalars(sa.select(Change.kind).where(Change.playlist_id == playlist_id)))
    assert (kinds["added"], kinds["removed"], kinds["moved"]) == (21, 15, 15)


def test_entries_go_where_they_are_put_however_often(app: Flask, nils: Somebody, mira: Somebody) -> None:
    songs = many_songs(app, nils, 4)
    playlist_id = made(app, mira, song_ids=songs)
    with app.app_context():
        asks = Asks(mira)
        first, second, third, fourth = (entry_id for entry_id, _ in standing(app, playlist_id))
        for _ in range(30):  # each halves the gap before the second, which so is used up
            services.move_entries(asks, playlist_id, [third], second)
            services.move_entries(asks, playlist_id, [fourth], second)
        order = [first, third, fourth, second]
        assert [entry_id for entry_id, _ in standing(app, playlist_id)] == order
        services.move_entries(asks, playlist_id, [second, first], None)
        assert [entry_id for entry_id, _ in standing(app, playlist_id)] == [third, fourth, second, first]
        added = services.add_songs(asks, playlist_id, [songs[0], songs[0]], before_id=third)
        assert [entry_id for entry_id, _ in standing(app, playlist_id)][:3] == [*added, third]
        whole = [entry_id for entry_id, _ in standing(app, playlist_id)][::-1]
        services.order_entries(asks, playlist_id, whole)
        assert [entry_id for entry_id, _ in standing(app, playlist_id)] == whole
        for wrong in (whole[:-1], [*whole, whole[0]], [*whole[:-1], whole[0]]):
            with pytest.raises(Conflict):
                services.order_entries(asks, playlist_id, wrong)
        with pytest.raises(Invalid):
            services.move_entries(asks, playlist_id, [first], first)
        with pytest.raises(NotFound):
            services.add_songs(asks, playlist_id, [songs[0], 10_000])
        services.set_songs(asks, playlist_id, [songs[3], songs[1], songs[3]])
        entries = standing(app, playlist_id)
        assert [song for _, song in entries] == [songs[3], songs[1], songs[3]]
        assert (entries[0][0], counted(app, playlist_id)[0]) == (fourth, 3)


def test_what_was_removed_comes_back_to_where_it_stood(app: Flask, nils: Somebody, mira: Somebody) -> None:
    songs = many_songs(app, nils, 5)
    playlist_id = made(app, mira, song_ids=songs)
    before = standing(app, playlist_id)
    gone = [before[1][0], before[3][0]]
    with app.app_context():
        asks = Asks(mira)
        assert services.remove_entries(asks, playlist_id, gone) == gone
        assert services.remove_entries(asks, playlist_id, gone) == []
        assert counted(app, playlist_id)[0] == 3
        assert {row.id for row in services.removed_entries(asks, playlist_id)} == set(gone)
        new = services.add_songs(asks, playlist_id, songs[:1])
        services.bring_back_entries(asks, playlist_id, gone)
        assert standing(app, playlist_id) == [*before, (new[0], songs[0])]
        assert services.bring_back_entries(asks, playlist_id, gone) == []
    assert counted(app, playlist_id)[0] == 6


def test_songs_that_are_not_heard_stand_only_before_who_may_change_the_list(
    app: Flask, nils: Somebody, mira: Somebody, jonas: Somebody
) -> None:
    songs = many_songs(app, nils, 3)
    playlist_id = made(app, mira, song_ids=songs, visibility="public")
    set_song(app, songs[1], hidden_at=now())
    with app.app_context():
        for person in (None, Asks(jonas)):
            shown = services.entries_of(person, playlist_id).rows
            assert [row.song.id for row in shown if row.song] == [songs[0], songs[2]] and len(shown) == 2
            assert services.playlist_detail(person, playlist_id).card.songs_count == 2
        lines = services.entries_of(Asks(mira), playlist_id).rows
        assert [row.song.id if row.song else None for row in lines] == [songs[0], None, songs[2]]
        assert services.playlist_detail(Asks(mira), playlist_id).card.songs_count == 3


def test_counts_stay_right_when_songs_go_for_ever(app: Flask, nils: Somebody, mira: Somebody) -> None:
    songs = many_songs(app, nils, 4)
    playlist_id = made(app, mira, song_ids=[*songs, songs[0]])
    other_id = made(app, mira, "Untouched", song_ids=songs[1:])
    with app.app_context():
        services.remove_entries(Asks(mira), playlist_id, [standing(app, playlist_id)[0][0]])
    set_song(app, songs[0], deleted_at=now() - timedelta(days=32))
    with app.app_context():
        purge()
        assert db.session.get(Song, songs[0]) is None
    work(app)
    assert counted(app, playlist_id)[0] == len(standing(app, playlist_id)) == 3
    assert counted(app, other_id)[0] == 3


def test_a_page_of_ten_thousand_songs_costs_what_a_page_of_ten_does(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    songs = many_songs(app, nils, 50)
    short, long = made(app, mira, "Short", song_ids=songs[:10]), made(app, mira, "Long", song_ids=songs * 200)
    cursor = client.get(f"/api/playlists/{long}/songs?limit=500", headers=as_mira).json["next"]
    costs = []
    paths = [f"/api/playlists/{short}?limit=50", f"/api/playlists/{long}?limit=50"]
    for path in [*paths, f"/api/playlists/{long}/songs?limit=50&cursor={cursor}", "/api/playlists"]:
        with Counted(app) as statements:
            assert client.get(path, headers=as_mira).status_code == 200
        costs.append(len([one for one in statements.statements if " site_" not in one]))
    assert costs[0] == costs[1] and max(costs) <= 5, costs
    songs_in_it = client.get(paths[1], headers=as_mira).json["data"]
    assert (len(songs_in_it["songs"]), songs_in_it["songs_count"]) == (50, 10_000)
    full = client.post(f"/api/playlists/{long}/songs", json={"songs": songs[:1]}, headers=as_mira)
    assert (full.status_code, "at most 10,000 songs" in full.json["message"]) == (409, True)
