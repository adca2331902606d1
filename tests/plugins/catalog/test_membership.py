"""Accounts and artists: who publishes as whom, invitations that work once, and that somebody always stays."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Refused
from plugins.auth.services import person_with_id
from plugins.catalog import services
from plugins.catalog.models import ArtistInvitation, ArtistMember
from plugins.catalog.services import moderating
from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.music import Headers, ready_song


class Asks:
    """Somebody as services get them, with the roles that they had when they asked; inside an app context."""

    def __init__(self, somebody: Somebody) -> None:
        user = person_with_id(somebody.id)
        self.id, self.name, self.role_names = user.id, user.name, frozenset(role.name for role in user.roles)


def band_of(app: Flask, *people: Somebody) -> int:
    """An artist that all these people publish as."""
    with app.app_context(), writing() as unit:
        artist = services.create_artist(Asks(people[0]), {"name": "The Paper Ferry"})
        unit.add_all([ArtistMember(artist_id=artist.id, user_id=one.id) for one in people[1:]])
        return artist.id


def members_in(app: Flask, artist_id: int) -> list[int]:
    with app.app_context():
        query = sa.select(ArtistMember.user_id).where(ArtistMember.artist_id == artist_id)
        return sorted(db.session.scalars(query))


def together(app: Flask, *acts: Any) -> list[str]:
    """Let several do something at the same moment; what each was told, "" for done."""

    def told(act: Any) -> str:
        with app.app_context():
            try:
                act()
            except Refused as refused:
                return refused.sentence
        return ""

    with ThreadPoolExecutor(len(acts)) as all_at_once:
        return list(all_at_once.map(told, acts))


def leaves(artist_id: int, somebody: Somebody) -> None:
    services.remove_member(Asks(somebody), artist_id, somebody.id)


def test_of_the_last_two_who_leave_at_once_one_stays(app: Flask, nils: Somebody, ada: Somebody) -> None:
    for artist_id in [band_of(app, nils, ada) for _ in range(5)]:
        leave = [partial(leaves, artist_id, somebody) for somebody in (nils, ada)]
        told = together(app, *leave)
        assert sorted(bool(sentence) for sentence in told) == [False, True]
        assert len(members_in(app, artist_id)) == 1


def test_an_invitation_that_is_used_twice_at_once_lets_one_in(
    app: Flask, nils: Somebody, ada: Somebody, mira: Somebody
) -> None:
    artist_id = band_of(app, nils)
    with app.app_context():
        secret = services.invite(Asks(nils), artist_id)
    told = together(
        app,
        lambda: services.join_artist(Asks(ada), secret),
        lambda: services.join_artist(Asks(mira), secret),
    )
    assert sorted(bool(sentence) for sentence in told) == [False, True]
    assert len(members_in(app, artist_id)) == 2


@pytest.mark.parametrize(
    "spoilt", [{"expires_at": now() - timedelta(minutes=1)}, {"used_at": now()}], ids=["a week old", "used"]
)
def test_a_dead_invitation_lets_nobody_in(
    app: Flask, nils: Somebody, mira: Somebody, client: FlaskClient, spoilt: dict[str, Any]
) -> None:
    artist_id = band_of(app, nils)
    with app.app_context():
        secret = services.invite(Asks(nils), artist_id)
        with writing() as unit:
            unit.execute(sa.update(ArtistInvitation).values(**spoilt))
    sign_in(client, mira)
    assert client.get(f"/join/{secret}").status_code == 409
    assert post(client, f"/join/{secret}").status_code == 409
    assert members_in(app, artist_id) == [nils.id]


def test_while_moderators_hide_an_artist_an_invitation_names_them_to_nobody_and_lets_nobody_in(
    app: Flask, nils: Somebody, mira: Somebody, client: FlaskClient
) -> None:
    artist_id = band_of(app, nils)
    with app.app_context():
        secret = services.invite(Asks(nils), artist_id)
        moderating.hide_artist(artist_id)
    sign_in(client, mira)
    assert [client.get(f"/join/{secret}").status_code, post(client, f"/join/{secret}").status_code] == [409, 409]
    assert members_in(app, artist_id) == [nils.id]
    with app.app_context():
        moderating.show_artist(artist_id)
        assert services.invitation_of(secret).artist_id == artist_id


def test_a_listener_joins_by_a_link_and_is_an_artist_then(
    app: Flask, nils: Somebody, mira: Somebody, client: FlaskClient
) -> None:
    song_id = ready_song(app, nils.id)
    theirs, hers = app.test_client(), app.test_client()
    sign_in(theirs, nils)
    assert post(theirs, "/studio/artists/1/invitations").status_code == 303
    page = theirs.get("/studio/artists/1/members").text
    link = re.search(r"http://localhost\S*(/join/[\w-]+)", page)
    assert link is not None
    assert link[1] not in theirs.get("/studio/artists/1/members").text
    with app.app_context():
        kept = db.session.scalars(sa.select(ArtistInvitation.secret_sha256)).one()
    assert link[1].removeprefix("/join/") not in kept

    visitor = client.get(link[1])
    assert "Nils Hollar</strong>" in visitor.text and "Join as" not in visitor.text
    assert visitor.headers["Referrer-Policy"] == "strict-origin"
    assert post(client, link[1]).status_code == 302
    sign_in(hers, mira)
    assert hers.get("/studio").status_code == 403
    assert "Join as Mira" in hers.get(link[1]).text
    assert post(hers, link[1]).location == "/studio?artist=1"
    assert hers.get(f"/studio/songs/{song_id}/edit").status_code == 200
    assert post(hers, link[1]).status_code == 409
    assert post(hers, f"/studio/artists/1/members/{nils.id}/remove").status_code == 303
    assert members_in(app, 1) == [mira.id]
    post(hers, f"/studio/artists/1/members/{mira.id}/remove")
    assert members_in(app, 1) == [mira.id]
    assert "You are the last" in hers.get("/studio/artists/1/members").text


def test_who_goes_takes_their_open_invitations_along(app: Flask, nils: Somebody, ada: Somebody) -> None:
    artist_id = band_of(app, nils, ada)
    with app.app_context():
        secret = services.invite(Asks(ada), artist_id)
        services.remove_member(Asks(nils), artist_id, ada.id)
        with pytest.raises(Refused):
            services.invitation_of(secret)


def test_strangers_neither_see_nor_change_who_publishes_as_an_artist(
    app: Flask, nils: Somebody, ada: Somebody, client: FlaskClient
) -> None:
    artist_id = band_of(app, nils)
    sign_in(client, ada)
    path = f"/studio/artists/{artist_id}"
    assert client.get(f"{path}/members").status_code in (403, 404)
    for act in ("/invitations", f"/members/{nils.id}/remove"):
        assert post(client, path + act).status_code in (403, 404)
    assert members_in(app, artist_id) == [nils.id]


def test_one_account_has_several_artists_and_shows_the_music_of_one(
    app: Flask, nils: Somebody, client: FlaskClient, as_nils: Headers
) -> None:
    ready_song(app, nils.id, "Neap")
    made = client.post(
        "/api/artists", json={"name": "Dunlin", "links": [{"url": "https://dunlin.example/a"}]}, headers=as_nils
    )
    assert (made.status_code, made.json["data"]["name"]) == (201, "Dunlin")
    sign_in(client, nils)
    assert "Neap" in client.get("/studio?artist=1").text
    assert "Neap" not in client.get(f"/studio?artist={made.json['data']['id']}").text


def test_programs_invite_join_and_leave_too(
    app: Flask, nils: Somebody, mira: Somebody, client: FlaskClient, as_nils: Headers, as_mira: Headers
) -> None:
    artist_id = band_of(app, nils)
    path = f"/api/artists/{artist_id}"
    spare, used = (client.post(f"{path}/invitations", headers=as_nils).json["data"] for _ in range(2))
    assert client.post(used["join_url"], headers=as_mira).json["data"] == {"artist_id": artist_id}
    shown = client.get(f"{path}/members", headers=as_mira).json["data"]
    assert [member["name"] for member in shown["members"]] == ["Nils Hollar", "Mira"]
    [waiting] = shown["invitations"]
    withdrawn = f"{path}/invitations/{waiting['id']}"
    assert [client.delete(withdrawn, headers=as_mira).status_code for _ in range(2)] == [200, 404]
    assert client.post(spare["join_url"], headers=as_mira).status_code == 409
    assert client.delete(f"{path}/members/{nils.id}", headers=as_mira).status_code == 200
    assert client.delete(f"{path}/members/{mira.id}", headers=as_mira).status_code == 409
    assert client.get(f"{path}/members", headers=as_nils).status_code == 404
