"""A site with one of everything that an address can name, all of it the owner's, and one person of each kind."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.models import Job
from musicapp.mail import caught
from musicapp.mail.models import Mail
from plugins.auth.models import DataCopy, SignIn, User
from plugins.auth.models import Invitation as Welcome
from plugins.auth.services import suspend
from plugins.auth.services.copies.listing import copies_of
from plugins.catalog.models import (
    Album,
    Artist,
    ArtistInvitation,
    ArtistMember,
    Comment,
    Cover,
    Play,
    ShareLink,
    Song,
)
from plugins.inbox.models import Alert
from plugins.inbox.services import preferences_url
from plugins.inbox.services.unsubscribing import unsubscribe_token
from plugins.moderation.services import appeal, appeal_token, decide, set_flag
from plugins.moderation.services import report as report_thing
from plugins.moderation.services.canned import canned_reasons
from plugins.playlists.models import Collaborator, Entry, Invitation, Playlist
from plugins.playlists.services import create_playlist
from plugins.playlists.services.exchange import take_in
from plugins.reports.models import BroughtIn, Chat, ChatPost, MonthlyReport, TakenOut
from plugins.reports.services.chats.messages import Message
from plugins.reports.services.exports import export_of
from tests.people import add_person, bearer
from tests.plugins.catalog.music import ready_song, set_album, set_song, stored
from tests.plugins.catalog.pieces import begin
from tests.plugins.catalog.reporting import ago, hear, report
from tests.plugins.playlists.lists import Asks

Headers = dict[str, str]
Params = dict[str, Any]
SECRET = "known-to-the-tests-alone"
ROLES = {
    "listener": "user",
    "owner": "artist",
    "other artist": "artist",
    "moderator": "moderator",
    "admin": "admin",
    "suspended": "artist",
    "judge": "moderator",
    "newcomer": "user",
}


# What a line of the table speaks of that no address names, and what is the same on every site.
NAMELESS = (
    "",
    "one's own",
    "this machine",
    "no log-in half done",
    "a site that is set up",
    "a site that serves people",
)
KNOWN: dict[str, Params] = {
    "wide mix": {"kind": "new"},
    "plugin": {"name": "reports"},
    "settings of a plugin": {"name": "reports", "setting": "away_days"},
    "file of a plugin": {"name": "catalog", "filename": "catalog.css"},
    "kind of sheet": {"name": "catalog.songs_sheet"},
    "columns of an export": {"name": "catalog.songs", "format": "csv"},
}


class World:
    """The people of the site with what their programs send, and the parameters of addresses by what they name."""

    def __init__(self, app: Flask) -> None:
        self.people = {kind: add_person(app, kind.title(), role) for kind, role in ROLES.items()}
        self.headers: dict[str, Headers] = {kind: bearer(app, person) for kind, person in self.people.items()}
        self.headers["visitor"] = {}
        self.owner = self.people["owner"]
        self.things: dict[str, Params] = {**{name: {} for name in NAMELESS}, **KNOWN}
        for fill in PARTS:
            with app.app_context():
                fill(self, app)
        with app.app_context():
            suspend(self.people["suspended"].id, now() + timedelta(days=7))

    def params(self, of: str) -> Params:
        """What an address says that names this thing."""
        return {**ANYTHING, **self.things[of]}


LISTS = {
    "public playlist": "public",
    "private playlist": "private",
    "deleted playlist": "private",
    "smart playlist": "public",
    "/with a slash": "private",
}
ANYTHING: Params = {
    "kind": "song",
    "size": 96,
    "year": 2024,
    "day": "2026-10-25",
    "format": "csv",
    "format_name": "m3u8",
    "state": "waiting",
    "audience": "listener",
    "period": "2026-09",
    "number": 0,
    "owner": "site",
    "suffix": "css",
    "filename": "css/base.css",
    "name": "catalog",
}


def keep(row: Any) -> Any:
    """A row in its table, with its id."""
    with writing() as unit:
        unit.add(row)
        unit.flush()
    return row


def add_music(world: World, app: Flask) -> None:
    """Songs and albums in every state, their artist and genre."""
    song = ready_song(app, world.owner.id, "Public", album="Public album", genre="Folk")
    draft = ready_song(app, world.owner.id, "Draft", album="Draft album")
    gone = ready_song(app, world.owner.id, "Gone", album="Gone album")
    hidden = ready_song(app, world.owner.id, "Hidden")
    rows = {row.id: row for row in db.session.query(Song).all()}
    artist_id, album = rows[song].artist_id, rows[song].album_id
    set_song(app, draft, published_at=None)
    set_album(app, rows[draft].album_id, published_at=None)
    set_song(app, gone, deleted_at=now())
    set_album(app, rows[gone].album_id, deleted_at=now())
    set_song(app, hidden, hidden_at=now())
    for name, song_id in {"song": song, "draft song": draft, "deleted song": gone, "hidden song": hidden}.items():
        world.things[name] = {"song_id": song_id, "subject_id": song_id, "seed_id": song_id}
    for name in ("song of a list", "song that no other is like"):
        world.things[name] = world.things["song"]
    for name, song_id in {"album": song, "draft album": draft, "deleted album": gone}.items():
        album_id = rows[song_id].album_id
        world.things[name] = {"album_id": album_id, "subject_id": album_id, "song_id": song_id, "kind": "album"}
    member = world.people["suspended"].id
    keep(ArtistMember(artist_id=artist_id, user_id=member))
    invitation = invitation_to(ArtistInvitation, SECRET, artist_id=artist_id)
    with writing() as unit:
        unit.get_one(Artist, artist_id).cover_id = unit.get_one(Album, album).cover_id
    named = {"artist_id": artist_id, "subject_id": artist_id, "kind": "artist"}
    world.things["artist"] = {**named, "person_id": member, "invitation_id": invitation}
    world.things["artist invitation"] = {"secret": SECRET}
    world.things["genre"] = {"genre_id": rows[song].genre_id}
    world.things["share link"] = {"secret": SECRET, "link_id": share_link(world, album).id}
    place = begin(app.test_client(), world.headers["owner"], 10).headers["Location"]
    world.things["upload"] = {"upload_id": place.rsplit("/", 1)[1]}


def share_link(world: World, album_id: int) -> ShareLink:
    link: ShareLink = keep(
        ShareLink(secret_sha256=sha256(SECRET), subject_kind="album", subject_id=album_id, created_by=world.owner.id)
    )
    return link


def invitation_to(table: Any, secret: str, **of: Any) -> int:
    """An invitation of which everybody here knows the secret; its id."""
    row = table(secret_sha256=sha256(secret), expires_at=now() + timedelta(days=7), **of)
    invitation_id: int = keep(row).id
    return invitation_id


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def add_listening(world: World, app: Flask) -> None:
    """What somebody does to music: comments, and plays."""
    song_id = world.things["song"]["song_id"]
    said = {"subject_kind": "song", "subject_id": song_id, "author_id": world.owner.id}
    world.things["comment"] = {"comment_id": keep(Comment(**said, text="Lovely.")).id, "subject_id": song_id}
    gone = keep(Comment(**said, text="Gone.", deleted_at=now(), deleted_by_id=world.owner.id))
    world.things["deleted comment"] = {"comment_id": gone.id}
    hear(app.test_client(), world.headers["owner"], report(song_id, ago(minutes=60)))
    world.things["play"] = {"play_id": db.session.scalars(sa.select(Play.id)).one()}


def add_playlists(world: World, app: Flask) -> None:
    """Lists of every visibility, with an entry, a collaborator and an invitation."""
    song_id, cover_id = world.things["song"]["song_id"], db.session.scalars(sa.select(Cover.id).limit(1)).one()
    editor = world.people["suspended"].id
    for name, visibility in LISTS.items():
        list_id = create_playlist(Asks(world.owner), name, visibility=visibility)
        with writing() as unit:
            unit.get_one(Playlist, list_id).cover_id = cover_id
        entry = keep(Entry(playlist_id=list_id, song_id=song_id, place=1024))
        keep(Collaborator(playlist_id=list_id, user_id=editor, role="editor"))
        world.things[name] = {
            "playlist_id": list_id,
            "entry_id": entry.id,
            "song_id": song_id,
            "person_id": editor,
            "invitation_id": invitation_to(Invitation, name, playlist_id=list_id, role="editor"),
            "name": name.removeprefix("/"),
        }
    world.things["playlist invitation"] = {"secret": "public playlist"}
    with writing() as unit:
        unit.get_one(Playlist, world.things["deleted playlist"]["playlist_id"]).deleted_at = now()
        unit.get_one(Playlist, world.things["smart playlist"]["playlist_id"]).rules = {"match": "all", "rules": []}
    [taken] = take_in(Asks(world.owner), "a.m3u8", io.BytesIO(b"#EXTM3U\n#EXTINF:99,Nobody - Nothing\nno.mp3\n"))
    world.things["playlist file"] = {"taken_id": taken.id, "number": taken.missing[0].number}


def add_account(world: World, app: Flask) -> None:
    """Sign-ins, tokens, alerts, and the links that mails carry."""
    later = now() + timedelta(days=7)
    sign_in = keep(SignIn(user_id=world.owner.id, kind="session", device="Firefox", expires_at=later))
    token = keep(SignIn(user_id=world.owner.id, kind="token", name="Sync", device="program", expires_at=later))
    world.things["sign-in"], world.things["token"] = {"sign_in_id": sign_in.id}, {"token_id": token.id}
    alert = Alert(user_id=world.owner.id, kind="inbox.account", key="hello", text="Hello.", url="/account")
    world.things["alert"] = {"alert_id": keep(alert).id}
    world.things["secret link"] = {"token": "of-nobody"}
    world.things["link that ends mails"] = {"token": unsubscribe_token(world.owner.id, "inbox.account")}
    with app.test_request_context():
        world.things["link to preferences"] = {"token": preferences_url(world.owner.id).rsplit("/", 1)[1]}


def add_reports(world: World, app: Flask) -> None:
    """What people take out and bring in, what they are told, and where the site posts to."""
    of = {"person_id": world.owner.id}
    export = TakenOut(**of, form_key="f", name="catalog.listening", format="csv", secret=SECRET, state="ready")
    export.rows_count, export.size_bytes, export.ready_at = 1, 4, now()
    export.file_key, export.expires_at = stored(b"a,b\n", "exports"), now() + timedelta(days=1)
    file_name = export_of(Asks(world.owner), keep(export).id).file_name
    world.things["export"] = {"export_id": export.id, "secret": SECRET, "name": file_name}
    sheet = BroughtIn(**of, name="catalog.songs_sheet", file_name="songs.csv", state="ready")
    world.things["sheet"] = {"brought_id": keep(sheet).id}
    first, last = now().date() - timedelta(days=30), now().date()
    report = MonthlyReport(**of, audience="listener", period="2026-09", first_on=first, last_on=last, sections=[])
    world.things["monthly report"] = {"report_id": keep(report).id, "subject_id": 0}
    for name, deleted_at in {"chat": None, "deleted chat": now()}.items():
        chat = keep(Chat(service="discord", name=name, address="https://chat.example/1", deleted_at=deleted_at))
        post = keep(ChatPost(chat_id=chat.id, key="k", topic="digest", message=asdict(Message("New")), state="failed"))
        world.things[name] = {"chat_id": chat.id, "post_id": post.id}


def add_work(world: World, app: Flask) -> None:
    """A job that was given up, and a mail that did not arrive."""
    world.things["job"] = {"job_id": keep(Job(kind="site.forget_jobs", payload={}, state="dead")).id}
    mail = Mail(kind="auth.reset", key="7", payload={}, state="failed", next_at=now())
    world.things["mail"] = {"mail_id": keep(mail).id}
    app.config["MAIL_CAUGHT"] = str(Path(app.instance_path) / "caught-mail")
    letter = EmailMessage()
    letter["Subject"] = "Caught"
    letter.set_content("Nothing.")
    caught.keep(letter.as_bytes())
    world.things["caught mail"] = {"name": next(caught.caught_mails()).name}


def add_moderation(world: World, app: Flask) -> None:
    """A case that waits, one that was decided, and one whose decision was appealed."""
    listener, judge = Asks(world.people["listener"]), Asks(world.people["judge"])
    song, album = world.things["song"], world.things["album"]
    waiting = report_thing(listener, "song", song["song_id"], "spam")
    world.things["case"] = {"case_id": waiting.id}
    decided = decide(judge, report_thing(listener, "album", album["album_id"], "spam").id, "warn", "Be careful.")
    world.things["decision"] = {"decision_id": decided.id, "case_id": decided.case_id}
    list_id = create_playlist(Asks(world.owner), "Hidden playlist", visibility="public")
    set_flag(judge, "playlist", list_id, True, "Be careful.")
    world.things["hidden playlist"] = {"kind": "playlist", "subject_id": list_id}
    world.things["link to appeal"] = {"token": appeal_token(world.owner.id, decided.id)}
    said = world.things["comment"]["comment_id"]
    against = decide(judge, report_thing(listener, "comment", said, "spam").id, "warn", "Be kind.")
    appeal(world.owner.id, against.id, "I was kind.")
    world.things["appealed decision"] = {"decision_id": against.id, "case_id": against.case_id}
    world.things["canned reason"] = {"reason_id": canned_reasons()[0].id}


def add_people(world: World, app: Flask) -> None:
    """Somebody to look after, somebody who waits to be let in, an invitation, and a copy of what one owns."""
    world.things["person"] = {"person_id": world.people["suspended"].id, "role": "artist"}
    newcomer = world.people["newcomer"]
    with writing() as unit:
        unit.get_one(User, newcomer.id).waits_since = now()
    world.things["person who waits"] = {"person_id": newcomer.id}
    later = now() + timedelta(days=7)
    world.things["invitation"] = {"invitation_id": keep(Welcome(role="user", places=1, expires_at=later)).id}
    copy = DataCopy(user_id=world.owner.id, state="ready", secret=SECRET, sha256=sha256(SECRET), size_bytes=4)
    copy.files_count, copy.file_key, copy.ready_at, copy.expires_at = 1, stored(b"PK..", "exports"), now(), later
    world.things["copy of one's data"] = {
        "copy_id": keep(copy).id,
        "secret": SECRET,
        "name": copies_of(world.owner.id)[0].file_name,
    }


PARTS: tuple[Callable[[World, Flask], None], ...] = (
    add_music,
    add_listening,
    add_playlists,
    add_account,
    add_reports,
    add_work,
    add_moderation,
    add_people,
)
