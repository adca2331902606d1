"""A site full of things whose names are found in no other words, so that one sees wherever they stand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.blocks import Line, Ranking, Section, as_json
from musicapp.clock import now
from musicapp.database import writing
from plugins.catalog.models import Album, Artist, Cover, Play, Song
from plugins.catalog.services.history.hours import local_day
from plugins.inbox import services as inbox
from plugins.reports.models import MonthlyReport
from tests.people import Somebody, bearer
from tests.plugins.catalog.listened import count_near_songs, hear, play
from tests.plugins.catalog.music import Headers, ready_song
from tests.plugins.playlists.lists import made

MARKERS = ("quartzmoth", "halcyon", "umbral", "opalridge", "tamarisk")


@dataclass
class Marked:
    """The ids of what carries a marker, and of what stands `beside` it, by kind; `secrets` are those of links that
    lead to it, `alerts` tell of it."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    beside: dict[str, list[int]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    alerts: list[int] = field(default_factory=list)


def mark_site(app: Flask, client: FlaskClient, nils: Somebody, ada: Somebody, mira: Somebody) -> Marked:
    """Let there be marked music, a list and a comment, and let Mira have heard, kept and queued all of it."""
    plain, song = ready_song(app, nils.id, "Plain", genre="Folk"), ready_song(app, nils.id, "Quartzmoth", genre="Folk")
    of_album = ready_song(app, nils.id, "Halcyonsong", album="Halcyonferry", genre="Folk")
    of_artist = ready_song(app, nils.id, "Umbraltune", album="Umbralbook", genre="Folk")
    albums, artist_id = with_another_artist(app, of_album, of_artist)
    everything = [song, of_album, of_artist, plain]
    list_id = made(app, ada, "Opalridge", visibility="public")
    marked = Marked({"song": everything[:3], "album": albums, "artist": [artist_id], "playlist": [list_id]})
    as_mira, as_nils, as_ada = (bearer(app, one) for one in (mira, nils, ada))
    send(client, f"/api/playlists/{list_id}/songs", as_ada, songs=[plain])
    said = send(client, f"/api/songs/{plain}/comments", as_ada, text="Tamarisk and thyme")
    marked.ids["comment"] = [said["id"]]
    for kind, name in (("song", song), ("album", albums[0])):
        link = send(client, "/api/share-links", as_nils, kind=kind, id=name)
        marked.secrets.append(link["url"].rsplit("/", 1)[-1])
    keep_all(app, client, as_mira, mira, everything, marked)
    return marked


def with_another_artist(app: Flask, of_album: int, of_artist: int) -> tuple[list[int], int]:
    """Give the last song and its album to an artist of their own; the ids of both albums, and the artist's."""
    with app.app_context(), writing() as unit:
        one, other = unit.get_one(Song, of_album), unit.get_one(Song, of_artist)
        artist = Artist(name="Umbralkite", name_key="umbralkite", cover_id=unit.scalar(sa.select(Cover.id)))
        unit.add(artist)
        unit.flush()
        assert one.album_id and other.album_id
        unit.get_one(Album, other.album_id).artist_id = other.artist_id = artist.id
        for thing in (one, other, *unit.scalars(sa.select(Album))):
            thing.year = 1987
        unit.execute(sa.update(Song).values(lyrics="A line of Quartzmoth", year=1987).where(Song.title == "Quartzmoth"))
        unit.execute(sa.update(Song).values(lyrics_key="a line of quartzmoth").where(Song.title == "Quartzmoth"))
        return [one.album_id, other.album_id], artist.id


def keep_all(
    app: Flask, client: FlaskClient, as_mira: Headers, mira: Somebody, songs: list[int], marked: Marked
) -> None:
    """What a keen listener leaves behind: marks, lists, plays, a queue, and what she was told."""
    for kind, ids in (("songs", songs), ("albums", marked.ids["album"]), ("artists", marked.ids["artist"])):
        for thing in ids:
            assert client.put(f"/api/{kind}/{thing}/favourite", headers=as_mira).status_code == 200
    assert client.put(f"/api/artists/{marked.ids['artist'][0]}/follow", headers=as_mira).status_code == 200
    mine = send(client, "/api/playlists", as_mira, name="Mine", songs=songs, visibility="public")
    marked.beside = {"artist": [1], "playlist": [mine["id"]]}
    for number, song_id in enumerate(songs):
        play(app, mira.id, song_id, minutes_ago=5 + number, heard_s=60)
        hear(app, mira.id, [song_id], days_ago=3, plays=4)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Play).values(day=local_day(now()), hour=20))
    count_near_songs(app)
    player = {"song_ids": songs, "position_s": 30.0, "device": "here"}
    assert client.put("/api/player", json=player, headers=as_mira).status_code == 200
    with app.app_context(), writing():
        for kind, thing, title in (("song", songs[0], "Quartzmoth"), ("album", marked.ids["album"][0], "Halcyonferry")):
            words = {"text": f"Nils Hollar published “{title}”.", "url": f"/{kind}s/{thing}"}
            inbox.tell([mira.id], "catalog.new_release", key=f"{kind}-{thing}-{now().isoformat()}", **words)
    tell_of_month(app, mira, songs)
    told = client.get("/api/inbox", headers=as_mira).json["data"]
    marked.alerts = [alert["id"] for alert in told]


def tell_of_month(app: Flask, mira: Somebody, songs: list[int]) -> None:
    """The report of a month that was made before anything was hidden."""
    lines = [Line(title, url=f"/songs/{song}") for title, song in (("Quartzmoth", songs[0]), ("Plain", songs[-1]))]
    document = as_json([Section("Your month", [Ranking("Most heard", lines, "plays")])])
    month = {"period": "2026-10", "first_on": date(2026, 10, 1), "last_on": date(2026, 10, 31)}
    with app.app_context(), writing() as unit:
        unit.add(MonthlyReport(audience="listener", person_id=mira.id, sections=document, **month))


def send(client: FlaskClient, path: str, headers: Headers, **body: object) -> dict[str, Any]:
    answer = client.post(path, json=body, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    given: dict[str, Any] = answer.json["data"]
    return given
