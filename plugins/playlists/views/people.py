"""The people around a playlist: who keeps it, invitations to more, leaving, and following."""

from flask import flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid, Refused
from plugins.playlists import plugin, services
from plugins.playlists.forms import CollaboratorForm
from plugins.playlists.views.answers import saved
from plugins.playlists.views.asked import back_to, person_here


@plugin.get("/<int:playlist_id>/people", permission="member")
def people(playlist_id: int) -> str:
    """Who keeps a playlist, and the invitations that wait."""
    return people_page(playlist_id, CollaboratorForm(formdata=None))


@plugin.post("/<int:playlist_id>/people", endpoint="let_in", permission="member")
def let_in(playlist_id: int) -> ResponseReturnValue:
    """Let somebody in by their name."""
    form = CollaboratorForm()

    def add() -> None:
        services.add_collaborator(person_here(), playlist_id, form.name.data, form.role.data)

    if not saved(form, add):
        return people_page(playlist_id, form), 422
    flash(f"{form.name.data} is in, and is told so.", "success")
    return back_to("people", playlist_id=playlist_id)


def people_page(playlist_id: int, form: CollaboratorForm) -> str:
    person = person_here()
    detail = services.playlist_detail(person, playlist_id)
    members = services.members_of_playlist(person, playlist_id)
    waiting = services.invitations_to(person, playlist_id) if detail.role == "owner" else []
    return render_template(
        "playlists/people.html",
        list=detail.card,
        detail=detail,
        members=members,
        waiting=waiting,
        me=person.id,
        form=form,
        link=session.pop("playlists_invitation", None),
    )


@plugin.post("/<int:playlist_id>/invitations", permission="member")
def invite(playlist_id: int) -> ResponseReturnValue:
    """Make an invitation; its link is shown once, on the next page."""
    try:
        secret = services.invite(person_here(), playlist_id, request.form.get("role", ""))
        session["playlists_invitation"] = url_for(".invitation", secret=secret, _external=True)
    except (Conflict, Invalid) as refused:
        flash(refused.sentence, "error")
    return back_to("people", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/invitations/<int:invitation_id>/withdraw", permission="member")
def withdraw_invitation(playlist_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take back an invitation that nobody used."""
    services.withdraw_invitation(person_here(), playlist_id, invitation_id)
    flash("The invitation is taken back; its link does not work any more.", "success")
    return back_to("people", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/people/<int:person_id>/role", permission="member")
def set_role(playlist_id: int, person_id: int) -> ResponseReturnValue:
    """Let a collaborator see a playlist, or change it."""
    services.set_role(person_here(), playlist_id, person_id, request.form.get("role", ""))
    flash("Saved.", "success")
    return back_to("people", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/people/<int:person_id>/remove", permission="member")
def remove_collaborator(playlist_id: int, person_id: int) -> ResponseReturnValue:
    """Let somebody no longer share a playlist; or leave."""
    services.remove_collaborator(person_here(), playlist_id, person_id)
    if person_id == person_here().id:
        flash("You do not keep this playlist any more. The songs that you added stay.", "success")
        return back_to("library")
    flash("They do not share this playlist any more. The songs that they added stay.", "success")
    return back_to("people", playlist_id=playlist_id)


@plugin.get("/join/<secret>", permission="public")
def invitation(secret: str) -> ResponseReturnValue:
    """Who invites to which playlist; whoever is signed in joins by a button."""
    try:
        return render_template("playlists/join.html", invitation=services.invitation_of(secret))
    except Refused as refused:
        return render_template("playlists/join.html", invitation=None, sentence=refused.sentence), refused.status


@plugin.post("/join/<secret>", endpoint="join", permission="member")
def join(secret: str) -> ResponseReturnValue:
    """See or change a playlist from now on, as its owner offers."""
    try:
        playlist_id = services.join(person_here(), secret)
    except Refused as refused:
        return render_template("playlists/join.html", invitation=None, sentence=refused.sentence), refused.status
    flash("This playlist is among yours now.", "success")
    return back_to("playlist", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/follow", permission="member")
def follow(playlist_id: int) -> ResponseReturnValue:
    """Keep another's public playlist among one's own."""
    services.follow_playlist(person_here(), playlist_id)
    flash("You follow this playlist and hear when it grows.", "success")
    return back_to("playlist", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/unfollow", permission="member")
def unfollow(playlist_id: int) -> ResponseReturnValue:
    """Follow a playlist no longer."""
    services.unfollow_playlist(person_here(), playlist_id)
    flash("You do not follow this playlist any more.", "success")
    return back_to("playlist", playlist_id=playlist_id)
