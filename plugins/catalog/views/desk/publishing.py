"""Publishing songs and albums, at once or at a set time, and taking them back."""

from collections.abc import Callable
from datetime import datetime

from flask import flash
from flask.typing import ResponseReturnValue

from musicapp.clock import now
from plugins.catalog import plugin, services
from plugins.catalog.forms import PublishForm
from plugins.catalog.moments import until
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import back_to, say


@plugin.post("/studio/songs/<int:song_id>/publish", permission="catalog.publish")
def publish_song(song_id: int) -> ResponseReturnValue:
    """Let listeners hear a song, at once or at a set time."""

    def publish(moment: datetime | None, rights: bool) -> str:
        song = services.publish_song(person_here(), song_id, moment, rights=rights)
        return f"“{song.title}” {when_out(song.published_at, ready=song.state == 'ready')}."

    publish_as_asked(publish)
    return back_to("edit_song", song_id=song_id)


@plugin.post("/studio/songs/<int:song_id>/unpublish", permission="catalog.publish")
def unpublish_song(song_id: int) -> ResponseReturnValue:
    """Make a song a draft again."""
    song = services.unpublish_song(person_here(), song_id)
    flash(f"“{song.title}” is a draft again; only you can hear it.", "success")
    return back_to("edit_song", song_id=song_id)


@plugin.post("/studio/albums/<int:album_id>/publish", permission="catalog.publish")
def publish_album(album_id: int) -> ResponseReturnValue:
    """Let listeners see an album and hear its songs, at once or at a set time."""

    def publish(moment: datetime | None, rights: bool) -> str:
        album = services.publish_album(person_here(), album_id, moment, rights=rights)
        return f"“{album.title}” {when_out(album.published_at)}."

    publish_as_asked(publish)
    return back_to("edit_album", album_id=album_id)


@plugin.post("/studio/albums/<int:album_id>/unpublish", permission="catalog.publish")
def unpublish_album(album_id: int) -> ResponseReturnValue:
    """Make an album and its songs drafts again."""
    album = services.unpublish_album(person_here(), album_id)
    flash(f"“{album.title}” and its songs are drafts again.", "success")
    return back_to("edit_album", album_id=album_id)


def when_out(published_at: datetime | None, *, ready: bool = True) -> str:
    """What became of something that was published, as the end of a sentence."""
    if published_at is not None and published_at > now():
        return f"goes out {until(published_at)}"
    return "is now public" if ready else "will be public as soon as it is ready"


def publish_as_asked(publish: Callable[[datetime | None, bool], str]) -> None:
    """Publish at the moment that the form gives, with or without the tick for the rights, and say what came of it."""
    form = PublishForm()
    if form.validate():
        say(lambda: publish(form.moment(), form.rights.data))
    else:
        flash("That was no time. Give a day and a time, or leave it empty to publish at once.", "error")
