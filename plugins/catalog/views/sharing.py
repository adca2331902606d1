"""Secret links: the page where their owner makes and withdraws them, and the address by which others come in."""

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import NotFound, Refused
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.forms.sharing import ShareLinkForm
from plugins.catalog.opened import remember_opened
from plugins.catalog.services import sharing
from plugins.catalog.views.asked import person_here

NEW = "catalog_new_share_link"


@plugin.get("/share/<kind>/<int:subject_id>", permission="member")
def share(kind: str, subject_id: int) -> ResponseReturnValue:
    """The secret links to something of one's own."""
    return share_page(kind, subject_id, ShareLinkForm(formdata=None), 200)


def share_page(kind: str, subject_id: int, form: ShareLinkForm, status: int) -> ResponseReturnValue:
    person = person_here()
    page = render_template(
        "catalog/share.html",
        subject=sharing.shared_subject(person, kind, subject_id),
        word=services.kind_of_subject(kind).word,
        links=sharing.links_to(person, kind, subject_id),
        form=form,
        new_link=session.pop(NEW, ""),
    )
    return page, status


@plugin.post("/share/<kind>/<int:subject_id>", permission="member")
def make_share_link(kind: str, subject_id: int) -> ResponseReturnValue:
    """Make a link; the next page shows it, once."""
    form = ShareLinkForm()
    if not form.validate():
        return share_page(kind, subject_id, form, 422)
    try:
        days = int(form.days.data) if form.days.data else None
        _link_id, secret = sharing.make_link(person_here(), kind, subject_id, days)
    except NotFound:
        raise
    except Refused as refused:
        form.refuse(refused)
        return share_page(kind, subject_id, form, refused.status)
    session[NEW] = url_for(".open_share_link", secret=secret, _external=True)
    return redirect(url_for(".share", kind=kind, subject_id=subject_id), 303)


@plugin.post("/share/links/<int:link_id>/withdraw", permission="member")
def withdraw_share_link(link_id: int) -> ResponseReturnValue:
    """End a link at once."""
    subject = sharing.withdraw_link(person_here(), link_id)
    flash("The link is withdrawn; who opened it sees nothing any more.", "success")
    return redirect(url_for(".share", kind=subject.kind, subject_id=subject.id), 303)


@plugin.get("/s/<secret>", permission="listen")
def open_share_link(secret: str) -> ResponseReturnValue:
    """Let whoever has the address see and hear what it leads to, in this browser, until the link ends."""
    link, kind, subject_id = sharing.open_link(secret, counts=request.method == "GET")
    remember_opened(link)
    response = make_response(redirect(services.find_subject(signed_in(), kind, subject_id).url))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
