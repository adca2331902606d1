"""The studio: what an artist has here, in which state, and the acts on it that are only a button."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from musicapp.errors import Conflict
from plugins.catalog import plugin, services
from plugins.catalog.forms import PublishForm
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url, person_here


@plugin.get("/studio", permission="catalog.publish")
def studio() -> str:
    """An artist's own releases and songs, drafts and failures too."""
    person, cursor = person_here(), cursor_asked()
    songs = services.own_songs(person, limit=ROWS, cursor=cursor)
    return render_template(
        "catalog/studio.html",
        artists=services.artists_of(person),
        albums=[] if cursor else services.own_albums(person).rows,
        songs=songs.rows,
        links=song_links(songs.rows),
        more=next_url(songs),
        deleted=[] if cursor else services.deleted_music(person),
        undo=session.pop("catalog_undo", None),
    )


@plugin.post("/studio/songs/<int:song_id>/publish", permission="catalog.publish")
def publish_song(song_id: int) -> ResponseReturnValue:
    """Let listeners hear a song, at once or at a set time."""
    form = PublishForm()
    if not form.validate():
        return refuse_time("edit_song", song_id=song_id)
    song = services.publish_song(person_here(), song_id, form.moment())
    when = "is public" if song.state == "ready" else "will be public as soon as it is ready"
    flash(f"“{song.title}” {'is on its way' if form.at.data else when}.", "success")
    return back_to("edit_song", song_id=song_id)


@plugin.post("/studio/songs/<int:song_id>/unpublish", permission="catalog.publish")
def unpublish_song(song_id: int) -> ResponseReturnValue:
    """Make a song a draft again."""
    song = services.unpublish_song(person_here(), song_id)
    flash(f"“{song.title}” is a draft again; only you can hear it.", "success")
    return back_to("edit_song", song_id=song_id)


@plugin.post("/studio/songs/<int:song_id>/delete", permission="catalog.publish")
def delete_song(song_id: int) -> ResponseReturnValue:
    """Delete a song, with a way back on the next page."""
    song = services.delete_song(person_here(), song_id)
    offer_undo(song.title, url_for(".restore_song", song_id=song_id))
    return back_to("studio")


@plugin.post("/studio/songs/<int:song_id>/restore", permission="catalog.publish")
def restore_song(song_id: int) -> ResponseReturnValue:
    """Bring a deleted song back."""
    try:
        flash(f"“{services.restore_song(person_here(), song_id).title}” is back.", "success")
    except Conflict as refused:
        flash(refused.sentence, "error")
    return back_to("studio")


@plugin.post("/studio/albums/<int:album_id>/publish", permission="catalog.publish")
def publish_album(album_id: int) -> ResponseReturnValue:
    """Let listeners see an album and hear its songs, at once or at a set time."""
    form = PublishForm()
    if not form.validate():
        return refuse_time("edit_album", album_id=album_id)
    try:
        album = services.publish_album(person_here(), album_id, form.moment())
        flash(f"“{album.title}” is now public." if not form.at.data else f"“{album.title}” is on its way.", "success")
    except Conflict as refused:
        flash(refused.sentence, "error")
    return back_to("edit_album", album_id=album_id)


@plugin.post("/studio/albums/<int:album_id>/unpublish", permission="catalog.publish")
def unpublish_album(album_id: int) -> ResponseReturnValue:
    """Make an album and its songs drafts again."""
    album = services.unpublish_album(person_here(), album_id)
    flash(f"“{album.title}” and its songs are drafts again.", "success")
    return back_to("edit_album", album_id=album_id)


@plugin.post("/studio/albums/<int:album_id>/delete", permission="catalog.publish")
def delete_album(album_id: int) -> ResponseReturnValue:
    """Delete an album with its songs, with a way back on the next page."""
    album = services.delete_album(person_here(), album_id)
    offer_undo(album.title, url_for(".restore_album", album_id=album_id))
    return back_to("studio")


@plugin.post("/studio/albums/<int:album_id>/restore", permission="catalog.publish")
def restore_album(album_id: int) -> ResponseReturnValue:
    """Bring a deleted album back."""
    try:
        flash(f"“{services.restore_album(person_here(), album_id).title}” is back with its songs.", "success")
    except Conflict as refused:
        flash(refused.sentence, "error")
    return back_to("studio")


def offer_undo(title: str, url: str) -> None:
    session["catalog_undo"] = {"title": title, "url": url, "days": services.limits().restorable_days}


def refuse_time(endpoint: str, **values: Any) -> Response:
    flash("That was no time. Give a day and a time, or leave it empty to publish at once.", "error")
    return back_to(endpoint, **values)


def back_to(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(f".{endpoint}", **values), 303)
