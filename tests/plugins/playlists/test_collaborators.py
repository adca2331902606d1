"""Who keeps a playlist together, by invitation or by name; what each may do; who follows, and hears of it."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict, Forbidden, NotFound, Refused
from plugins.inbox.models import Alert
from plugins.playlists import services
from plugins.playlists.models import Invitation
from plugins.playlists.services import growing
from tests.people import Somebody, add_person
from tests.plugins.catalog.music import set_song
from tests.plugins.playlists.lists import Asks, made, many_songs, together


def alerts(app: Flask, person: Somebody) -> list[tuple[str, str]]:
    """What somebody was told, and where it leads."""
    with app.app_context():
        query = sa.select(Alert.text, Alert.url).where(Alert.user_id == person.id).order_by(Alert.id)
        return [(row.text, row.url) for row in db.session.execute(query)]


def test_viewers_see_editors_change_and_owners_decide(
    app: Flask, nils: Somebody, mira: Somebody, jonas: Somebody
) -> None:
    songs = many_songs(app, nils, 2)
    playlist_id = made(app, mira, song_ids=songs)
    with app.app_context():
        owner, other, stranger = Asks(mira), Asks(jonas), Asks(nils)
        with pytest.raises(NotFound):
            services.add_songs(other, playlist_id, songs)
        assert services.add_collaborator(owner, playlist_id, " Jonas ", "viewer") == jonas.id
        assert services.playlists_to_fill(other) == []
        with pytest.raises(Forbidden):
            services.add_songs(other, playlist_id, songs)
        with pytest.raises(Forbidden):
            services.set_role(other, playlist_id, jonas.id, "editor")
        services.set_role(owner, playlist_id, jonas.id, "editor")
        services.add_songs(other, playlist_id, songs[:1])
        assert [card.id for card in services.playlists_to_fill(other)] == [playlist_id]
        for act in (
            partial(services.change_playlist, other, playlist_id, None, name="Mine"),
            partial(services.delete_playlist, other, playlist_id),
            partial(services.invite, other, playlist_id, "viewer"),
            partial(services.remove_collaborator, other, playlist_id, mira.id),
        ):
            with pytest.raises(Refused):
                act()
        assert [member.role for member in services.members_of_playlist(other, playlist_id)] == ["owner", "editor"]
        with pytest.raises(NotFound):
            services.members_of_playlist(stranger, playlist_id)
        with pytest.raises(NotFound):
            services.changes_of(stranger, playlist_id)
        history = services.changes_of(other, playlist_id).rows
        assert [(row.kind, row.person_name) for row in history] == [
            ("added", "Jonas"),
            ("role", "Mira"),
            ("invited", "Mira"),
            ("added", "Mira"),
            ("created", "Mira"),
        ]
        assert [song.id for song in history[0].songs] == songs[:1] and history[3].of["count"] == 2
        services.remove_collaborator(other, playlist_id, jonas.id)
        with pytest.raises(NotFound):
            services.playlist_detail(other, playlist_id)
    assert alerts(app, jonas) == [("Mira lets you see the playlist “Rowing home”.", f"/playlists/{playlist_id}")]
    assert alerts(app, mira) == []


def test_people_are_found_by_a_name_that_only_one_has(app: Flask, mira: Somebody, jonas: Somebody) -> None:
    playlist_id = made(app, mira)
    add_person(app, "Ada")
    add_person(app, "Ada")
    with app.app_context():
        for name, error in (("Jon", NotFound), ("Ada", Conflict), ("Mira", Conflict)):
            with pytest.raises(error):
                services.add_collaborator(Asks(mira), playlist_id, name, "editor")
        services.add_collaborator(Asks(mira), playlist_id, "Jonas", "editor")
        with pytest.raises(Conflict):
            services.add_collaborator(Asks(mira), playlist_id, "Jonas", "viewer")


def test_an_invitation_lets_one_person_in_once(app: Flask, mira: Somebody, jonas: Somebody, nils: Somebody) -> None:
    playlist_id = made(app, mira)
    with app.app_context():
        owner, guests = Asks(mira), [Asks(jonas), Asks(nils)]
        secret, spare = services.invite(owner, playlist_id, "editor"), services.invite(owner, playlist_id, "viewer")
        assert services.invitation_of(secret).playlist_name == "Rowing home"
        with pytest.raises(Conflict):
            services.join(owner, secret)
        assert secret not in db.session.scalars(sa.select(Invitation.secret_sha256)).all()
    told = together(app, [partial(services.join, guest, secret) for guest in guests])
    assert sorted(bool(sentence) for sentence in told) == [False, True]
    with app.app_context():
        assert [member.role for member in services.members_of_playlist(owner, playlist_id)] == ["owner", "editor"]
        [waiting] = services.invitations_to(owner, playlist_id)
        with writing() as unit:
            unit.execute(sa.update(Invitation).values(expires_at=now() - timedelta(minutes=1)))
        for late in (partial(services.invitation_of, spare), partial(services.join, guests[0], spare)):
            with pytest.raises(Conflict):
                late()
        with pytest.raises(NotFound):
            services.withdraw_invitation(owner, playlist_id, waiting.id)


def test_followers_hear_once_a_day_how_a_public_playlist_grew(
    app: Flask, nils: Somebody, mira: Somebody, jonas: Somebody
) -> None:
    songs = many_songs(app, nils, 4)
    playlist_id = made(app, mira, song_ids=songs[:1], visibility="public")
    private = made(app, mira, "Private")
    with app.app_context():
        owner, follower, editor = Asks(mira), Asks(jonas), Asks(nils)
        with pytest.raises(NotFound):
            services.follow_playlist(follower, private)
        with pytest.raises(Conflict):
            services.follow_playlist(owner, playlist_id)
        services.add_collaborator(owner, playlist_id, "Nils Hollar", "editor")
        for person in (follower, follower, editor):
            services.follow_playlist(person, playlist_id)
        assert services.playlist_detail(follower, playlist_id).followers_count == 2
        assert [card.id for card in services.followed_playlists(follower).rows] == [playlist_id]
        services.add_songs(editor, playlist_id, songs[1:])
        set_song(app, songs[3], hidden_at=now())
        day = (now() - timedelta(hours=23), now() + timedelta(hours=1))
        assert growing.grown_playlists(day[0]) == [playlist_id]
        for _ in range(2):
            growing.tell_followers(playlist_id, *day)
        services.unfollow_playlist(follower, playlist_id)
        assert not services.playlist_detail(follower, playlist_id).follows
    assert alerts(app, jonas) == [("“Rowing home” has 2 new songs.", f"/playlists/{playlist_id}")]
    assert [text for text, _ in alerts(app, nils)] == ["Mira lets you change the playlist “Rowing home”."]
