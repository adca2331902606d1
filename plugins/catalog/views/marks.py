"""Stars, hearts and following without scripts: a form is posted, and the page it stood on comes back."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.addresses import is_own_path
from plugins.catalog import plugin, services
from plugins.catalog.services.marks import FAVOURITE_KINDS
from plugins.catalog.views.asked import person_here


def favourite(subject_id: int, kind: str) -> ResponseReturnValue:
    """Keep music among the favourites (`on` is 1), or no longer."""
    act = services.add_favourite if is_wanted() else services.remove_favourite
    act(person_here(), kind, subject_id)
    return back_to_page(url_for(f".{kind}", **{f"{kind}_id": subject_id}))


for each in FAVOURITE_KINDS:
    path, name = f"/{each}s/<int:subject_id>/favourite", f"favourite_{each}"
    plugin.post(path, endpoint=name, defaults={"kind": each}, permission="member")(favourite)


@plugin.post("/artists/<int:artist_id>/follow", permission="member")
def follow(artist_id: int) -> ResponseReturnValue:
    """Follow an artist (`on` is 1), or no longer."""
    act = services.follow if is_wanted() else services.unfollow
    act(person_here(), artist_id)
    return back_to_page(url_for(".artist", artist_id=artist_id))


@plugin.post("/songs/<int:song_id>/rating", permission="member")
def rate(song_id: int) -> ResponseReturnValue:
    """Give a song 1 to 5 `stars`, or take them back (0)."""
    # The button that takes them back is sent after the star that is chosen.
    stars = [-1, *request.form.getlist("stars", type=int)][-1]
    if stars == 0:
        services.take_back_rating(person_here(), song_id)
    else:
        services.rate(person_here(), song_id, stars)
    return redirect(url_for(".song", song_id=song_id), 303)


def is_wanted() -> bool:
    return request.form.get("on") == "1"


def back_to_page(otherwise: str) -> ResponseReturnValue:
    """Lead to the page of this site on which the button stood."""
    back = request.form.get("back", "")
    return redirect(back if is_own_path(back) else otherwise, 303)
