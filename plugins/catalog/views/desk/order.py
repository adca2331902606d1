"""Which songs an album has and in which order: dragged, or moved by plain buttons."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.albums import own_album
from plugins.catalog.views.desk.answers import back_to

Placed = tuple[int, int | None]


@plugin.post("/studio/albums/<int:album_id>/order", permission="catalog.publish")
def order_album(album_id: int) -> ResponseReturnValue:
    """Put the songs of an album in order: all of them as sent, or one of them a place up or down."""
    moved = request.form.get("song", type=int)
    if moved is not None:
        there = [(song.id, song.disc_no) for song in own_album(album_id).songs]
        placed = moved_one(there, moved, -1 if request.form.get("way") == "up" else 1)
        services.order_songs(person_here(), album_id, [song for song, _ in placed], [disc for _, disc in placed])
    else:
        services.order_songs(person_here(), album_id, request.form.getlist("songs", type=int), discs_sent())
    return back_to("edit_album", album_id=album_id, _anchor="songs")


def discs_sent() -> list[int | None] | None:
    """The disc of each song that was sent, or None where the form knows of no discs."""
    sent = request.form.getlist("discs")
    return [int(disc) if disc.isdecimal() and len(disc) < 4 and int(disc) else None for disc in sent] or None


def moved_one(placed: list[Placed], song_id: int, by: int) -> list[Placed]:
    """The songs with one of them moved by a place. At the edge of its disc it goes over to the next one."""
    at = next((place for place, (one, _) in enumerate(placed) if one == song_id), None)
    if at is None:
        raise Invalid("This song is not in the album any more.")
    to = at + by
    if 0 <= to < len(placed):
        if placed[to][1] == placed[at][1]:
            placed[at], placed[to] = placed[to], placed[at]
        else:
            placed[at] = (song_id, placed[to][1])
    return placed


@plugin.post("/studio/albums/<int:album_id>/songs", permission="catalog.publish")
def add_to_album(album_id: int) -> ResponseReturnValue:
    """Put the ticked songs at the end of an album."""
    added = services.add_songs(person_here(), album_id, request.form.getlist("songs", type=int))
    said = "One song is" if len(added) == 1 else f"{len(added)} songs are"
    flash(f"{said} in the album now." if added else "Tick the songs that belong here.", "success" if added else "error")
    return back_to("edit_album", album_id=album_id, _anchor="songs")


@plugin.post("/studio/albums/<int:album_id>/songs/<int:song_id>/take-out", permission="catalog.publish")
def take_out_of_album(album_id: int, song_id: int) -> ResponseReturnValue:
    """Take a song out of an album; the song itself stays."""
    song = services.take_song_out(person_here(), album_id, song_id)
    flash(f"“{song.title}” is out of the album. It is still among your songs.", "success")
    return back_to("edit_album", album_id=album_id, _anchor="songs")
