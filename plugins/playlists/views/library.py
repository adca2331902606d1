"""Lists of playlists: what a listener keeps, and what everybody may see."""

from flask import render_template, session

from musicapp.security import signed_in
from plugins.playlists import plugin, services
from plugins.playlists.views.asked import CARDS, cursor_asked, next_url, person_here


@plugin.get("/", permission="member")
def library() -> str:
    """One's own playlists, those that others share, and those that one follows."""
    person, cursor = person_here(), cursor_asked()
    own = services.own_playlists(person, limit=CARDS, cursor=cursor)
    return render_template(
        "playlists/library.html",
        own=own.rows,
        more=next_url(own),
        shared=[] if cursor else services.shared_playlists(person, limit=CARDS).rows,
        followed=[] if cursor else services.followed_playlists(person, limit=CARDS).rows,
        deleted=session.pop("playlists_deleted", None),
        restorable=[] if cursor else services.deleted_playlists(person),
    )


@plugin.get("/public", permission="listen")
def public() -> str:
    """The playlists that everybody may find, what changed last first."""
    page = services.public_playlists(signed_in(), limit=CARDS, cursor=cursor_asked())
    return render_template("playlists/public.html", lists=page.rows, more=next_url(page))
