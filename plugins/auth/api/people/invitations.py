"""Invitations for programs."""

from flask import Response, url_for

from musicapp.api import answer, listing
from musicapp.errors import NotFound
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.api.people.looking import private
from plugins.auth.api.people.shapes import InvitationBody, InvitationShape, InvitationsQuery, invitation_shape
from plugins.auth.services.invitations.listing import invitation_row, invitations
from plugins.auth.services.invitations.making import make_invitation, revoke_invitation


@plugin.api.get("/invitations", permission="auth.people", query=InvitationsQuery, answer=list[InvitationShape])
def all_invitations(query: InvitationsQuery) -> Response:
    """The invitations that can be used, or that have ended, the newest first, each with the first who used it."""
    page = invitations(query.of, limit=query.limit, cursor=query.cursor)
    return private(listing(Page([invitation_shape(row) for row in page.rows], page.next)))


@plugin.api.get("/invitations/<int:invitation_id>", permission="auth.people", answer=InvitationShape)
def invitation(invitation_id: int) -> Response:
    """One invitation; who used it is GET /api/people?invitation=…"""
    row = invitation_row(invitation_id)
    if row is None:
        raise NotFound("There is no such invitation.")
    return answer(invitation_shape(row), headers=SECRET)


@plugin.api.post("/invitations", permission="auth.people", body=InvitationBody, answer=InvitationShape)
def invite(body: InvitationBody) -> Response:
    """Make an invitation; its `link` lets people in at /signup, or its code as `invitation` of POST /api/signup."""
    made = make_invitation(
        signed_in().id, body.role, places=body.places, days=body.days, address=body.email, note=body.note
    )
    location = url_for("auth.api.invitation", invitation_id=made.id)
    row = invitation_row(made.id)
    shape = invitation_shape(row) if row else None
    return answer(shape, "The invitation is made.", 201, location=location, headers=SECRET)


@plugin.api.delete("/invitations/<int:invitation_id>", permission="auth.people")
def revoke(invitation_id: int) -> Response:
    """Let nobody use an invitation any more; who did stays."""
    revoke_invitation(invitation_id)
    return answer(None, "The invitation is taken back.")
