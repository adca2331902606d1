"""The artists that somebody publishes as: what is said about each, and one more."""

from flask import flash
from flask.typing import ResponseReturnValue

from musicapp.errors import Forbidden
from plugins.catalog import plugin, services
from plugins.catalog.forms import ArtistForm, NewArtistForm
from plugins.catalog.services import ArtistDetail
from plugins.catalog.services.limits import LARGEST_FORM
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import back_to, desk_page, save_with_cover, saved
from plugins.catalog.views.desk.home import artists_page

NOT_YOU = "You do not publish as this artist; only those who do can change them."


@plugin.post("/studio/artists", endpoint="create_artist", permission="catalog.publish")
def create_artist() -> ResponseReturnValue:
    """Make one more artist."""
    form, made, person = NewArtistForm(), [], person_here()

    def make() -> None:
        made.append(services.create_artist(person, services.ArtistChanges(name=form.name.data)).id)

    if not saved(form, make):
        return artists_page(person, form), 422
    flash(f"You publish as {form.name.data} too now.", "success")
    return back_to("edit_artist", artist_id=made[0])


@plugin.get("/studio/artists/<int:artist_id>/edit", permission="catalog.publish")
def edit_artist(artist_id: int) -> str:
    """The name, words, links, picture and colour of an artist."""
    detail = own_artist(artist_id)
    card = detail.card
    tint = card.tint if detail.tint_is_chosen else ""
    return artist_page(detail, ArtistForm(formdata=None, name=card.name, bio=card.bio, links=card.links, tint=tint))


@plugin.post(
    "/studio/artists/<int:artist_id>/edit", endpoint="save_artist", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_artist(artist_id: int) -> ResponseReturnValue:
    """Save what was written about an artist."""
    form = ArtistForm()
    if not saved(form, lambda: save_artist_form(artist_id, form)):
        return artist_page(own_artist(artist_id), form), 422
    flash(f"“{form.name.data}” is saved.", "success")
    return back_to("edit_artist", artist_id=artist_id)


def save_artist_form(artist_id: int, form: ArtistForm) -> None:
    changes = services.ArtistChanges(
        name=form.name.data, bio=form.bio.data or "", links=form.links.data, tint=form.tint.data
    )
    person = person_here()
    save_with_cover(
        lambda: services.change_artist(person, artist_id, changes),
        lambda cover_id: services.change_artist_cover(person, artist_id, cover_id),
    )


def own_artist(artist_id: int) -> ArtistDetail:
    """An artist that who asks may change; raises Forbidden for others."""
    detail = services.artist_detail(person_here(), artist_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOU)
    return detail


def artist_page(detail: ArtistDetail, form: ArtistForm) -> str:
    return desk_page("edit_artist.html", artist=detail.card, detail=detail, form=form)
