"""Invitations: links by which people sign up."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from musicapp.errors import Conflict, Invalid, NotFound
from musicapp.mail import sends_mail
from plugins.auth import plugin
from plugins.auth.forms import InvitationForm
from plugins.auth.services.invitations.links import link_of
from plugins.auth.services.invitations.listing import State, invitations
from plugins.auth.services.invitations.making import make_invitation, revoke_invitation
from plugins.auth.settings import auth_settings

PAGE = 50


@plugin.get("/people/invitations", permission="auth.people")
def all_invitations() -> ResponseReturnValue:
    """The invitations that can be used, or (`of=ended`) that have ended, and the form for another."""
    return invitations_page(InvitationForm(formdata=None)), 200


def invitations_page(form: InvitationForm) -> str:
    state = state_asked()
    page = invitations(state, limit=PAGE, cursor=request.args.get("cursor"))
    return render_template(
        "auth/people_invitations.html",
        form=form,
        state=state,
        rows=page.rows,
        link_of=link_of,
        newcomers=auth_settings().newcomers,
        sends_mail=sends_mail(),
        next_url=url_for(".all_invitations", of=state, cursor=page.next) if page.next else "",
    )


def state_asked() -> State:
    match request.args.get("of", "open"):
        case "open":
            return "open"
        case "ended":
            return "ended"
        case _:
            raise NotFound("There are no such invitations.")


@plugin.post("/people/invitations", permission="auth.people")
def invite() -> ResponseReturnValue:
    """Make an invitation; for one address, it is mailed there."""
    form = InvitationForm()
    if not form.validate():
        return invitations_page(form), 422
    places, days = (field.default if field.data is None else field.data for field in (form.places, form.days))
    address, note = form.email.data or "", form.note.data or ""
    try:
        made = make_invitation(current_user.id, form.role.data, places=places, days=days, address=address, note=note)
    except (Invalid, Conflict) as refused:
        form.refuse(refused)
        return invitations_page(form), 422
    is_mailed = bool(made.address) and sends_mail()
    flash(f"The invitation is on its way to {made.address}." if is_mailed else "The invitation is made.", "success")
    return redirect(url_for(".all_invitations"), 303)


@plugin.post("/people/invitations/<int:invitation_id>/revoke", permission="auth.people")
def revoke(invitation_id: int) -> ResponseReturnValue:
    """Let nobody use an invitation any more."""
    revoke_invitation(invitation_id)
    flash("The invitation is taken back. Who used it before stays.", "success")
    return redirect(url_for(".all_invitations"), 303)
