"""Deleting songs and albums, one or many, with a way back."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, NotFound
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import back_to, offer_undo, say

MOST = 500


@plugin.post("/studio/songs/<int:song_id>/delete", permission="catalog.publish")
def delete_song(song_id: int) -> ResponseReturnValue:
    """Delete a song, with a way back on the next page."""
    song = services.delete_song(person_here(), song_id)
    offer_undo(f"“{song.title}” is", url_for(".restore_song", song_id=song_id))
    return back_to("studio")


@plugin.post("/studio/songs/<int:song_id>/restore", permission="catalog.publish")
def restore_song(song_id: int) -> ResponseReturnValue:
    """Bring a deleted song back."""
    say(lambda: f"“{services.restore_song(person_here(), song_id).title}” is back.")
    return back_to("studio")


@plugin.post("/studio/songs/restore", permission="catalog.publish")
def restore_songs() -> ResponseReturnValue:
    """Bring several deleted songs back; one that cannot come back keeps no other one away."""
    back = 0
    for song_id in request.form.getlist("songs", type=int)[:MOST]:
        try:
            services.restore_song(person_here(), song_id)
            back += 1
        except (Conflict, NotFound) as refused:
            flash(refused.sentence, "error")
    if back:
        flash("One song is back." if back == 1 else f"{back} songs are back.", "success")
    return back_to("studio")


@plugin.post("/studio/albums/<int:album_id>/delete", permission="catalog.publish")
def delete_album(album_id: int) -> ResponseReturnValue:
    """Delete an album with its songs, with a way back on the next page."""
    album = services.delete_album(person_here(), album_id)
    offer_undo(f"“{album.title}” and its songs are", url_for(".restore_album", album_id=album_id))
    return back_to("studio")


@plugin.post("/studio/albums/<int:album_id>/restore", permission="catalog.publish")
def restore_album(album_id: int) -> ResponseReturnValue:
    """Bring a deleted album back."""
    say(lambda: f"“{services.restore_album(person_here(), album_id).title}” is back with its songs.")
    return back_to("studio")
