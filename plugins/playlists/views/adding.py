"""Adding songs to a playlist: the choice that the dialog shows, and the same as a page for browsers without scripts."""

from itertools import islice

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, Refused
from plugins.catalog import services as catalog
from plugins.playlists import plugin, services
from plugins.playlists.views.asked import MOST_ADDED, back_to, person_here, songs_sent


@plugin.get("/choices", permission="member")
def choices() -> str:
    """The playlists that one may add to, as the dialog that every page shares."""
    return render_template("playlists/choices.html", lists=services.playlists_to_fill(person_here()))


@plugin.get("/add", endpoint="ask", permission="member")
def ask() -> str:
    """Ask into which playlist the songs of the address go: `?song=`, `?album=` or `?playlist=`."""
    return choice_page(songs_asked())


@plugin.post("/add", permission="member")
def add() -> ResponseReturnValue:
    """Add the songs of a form to the playlist that was pressed, or to a new one."""
    song_ids, playlist_id = songs_sent(), request.form.get("playlist", type=int)
    try:
        if not song_ids:
            raise Invalid("There are no songs to add.")
        if playlist_id is None:
            playlist_id = services.create_playlist(person_here(), request.form.get("name", ""), song_ids=song_ids)
        else:
            services.add_songs(person_here(), playlist_id, song_ids)
    except Refused as refused:
        return choice_page(song_ids, refused.sentence), refused.status
    flash(f"{how_many(song_ids)} added.", "success")
    return back_to("playlist", playlist_id=playlist_id)


def choice_page(song_ids: list[int], refused: str = "") -> str:
    lists = services.playlists_to_fill(person_here())
    found = list(catalog.song_rows(person_here(), song_ids[:1]).values())
    what = f"“{found[0].title}” by {found[0].artist_name}" if len(song_ids) == 1 and found else how_many(song_ids)
    return render_template("playlists/add.html", lists=lists, song_ids=song_ids, what=what, refused=refused)


def songs_asked() -> list[int]:
    """The songs that an address names: by their ids, or all of an album or of another playlist."""
    album_id, playlist_id = request.args.get("album", type=int), request.args.get("playlist", type=int)
    if album_id is not None:
        return [song.id for song in catalog.album_detail(person_here(), album_id).songs]
    if playlist_id is not None:
        songs = services.all_songs(person_here(), services.playlist_detail(person_here(), playlist_id))
        return [song.id for song in islice(songs, MOST_ADDED)]
    return songs_sent()


def how_many(song_ids: list[int]) -> str:
    return "One song" if len(song_ids) == 1 else f"{len(song_ids)} songs"
