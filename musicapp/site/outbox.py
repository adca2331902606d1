"""The outbox for admins: what waits, what failed and why, what was sent; sending again and discarding."""

from typing import cast, get_args

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.clock import now
from musicapp.errors import NotFound
from musicapp.jobs.tries import LATE
from musicapp.mail import Letter, health, sends_mail, services
from musicapp.mail.server import catches_mail
from musicapp.mail.services import Shelf, Unsent
from musicapp.security import signed_in
from musicapp.site import plugin
from musicapp.site.stored_settings import site_settings

PAGE = 50


@plugin.get("/outbox", permission="site.admin")
def outbox() -> str:
    """The mails on one shelf, the newest first."""
    shelf, address = shelf_asked(), request.args.get("to", "").strip()
    page = services.mails_on(shelf, address, limit=PAGE, cursor=request.args.get("cursor"))
    return render_template(
        "site/outbox.html",
        shelf=shelf,
        address=address,
        load=health.look(),
        mails=page.rows,
        next_url=url_for(".outbox", of=shelf, to=address or None, cursor=page.next) if page.next else "",
        server=current_app.config["MAIL_SERVER"],
        sends_mail=sends_mail(),
        late=now() - LATE,
        catches_mail=catches_mail(),
    )


def shelf_asked() -> Shelf:
    """Which mails are looked at; raises NotFound for others than there are."""
    shelf = request.values.get("of", "queued")
    if shelf not in get_args(Shelf):
        raise NotFound("There are no such mails.")
    return cast(Shelf, shelf)


def unsent_asked() -> Unsent:
    """Which mails are all to be changed; raises NotFound for those that cannot."""
    shelf = shelf_asked()
    if shelf not in get_args(Unsent):
        raise NotFound("There are no such mails.")
    return cast(Unsent, shelf)


def back() -> ResponseReturnValue:
    """To the list that somebody came from."""
    return redirect(url_for(".outbox", of=shelf_asked(), to=request.form.get("to") or None), 303)


@plugin.post("/outbox/<long:mail_id>/resend", permission="site.admin")
def resend_mail(mail_id: int) -> ResponseReturnValue:
    """Send one mail now."""
    services.resend(mail_id)
    flash("The mail is on its way again.", "success")
    return back()


@plugin.post("/outbox/<long:mail_id>/discard", permission="site.admin")
def discard_mail(mail_id: int) -> ResponseReturnValue:
    """Put one mail away."""
    services.discard(mail_id)
    flash("The mail is discarded; nobody gets it.", "success")
    return back()


@plugin.post("/outbox/resend", permission="site.admin")
def resend_mails() -> ResponseReturnValue:
    """Send all mails that failed, or that wait for another try."""
    flash(f"On their way again: {services.resend_all(unsent_asked()):,}.", "success")
    return back()


@plugin.post("/outbox/discard", permission="site.admin")
def discard_mails() -> ResponseReturnValue:
    """Put all mails away that failed, or that wait for another try."""
    flash(f"Discarded: {services.discard_all(unsent_asked()):,}.", "success")
    return back()


@plugin.post("/outbox/trial", permission="site.admin")
def try_mail() -> ResponseReturnValue:
    """Send a mail to oneself, to see whether mail works."""
    services.post_trial(signed_in().email)
    flash(f"A mail to {signed_in().email} is on its way.", "success")
    return redirect(url_for(".outbox"), 303)


@plugin.contributes("site.letter", name="site.trial", title="Trial mails")
def write_trial(address: str) -> Letter:
    """What an admin gets who tries whether mail works."""
    from musicapp.blocks import Section, Words  # what the pages use is not whole yet when this room is read
    from musicapp.blocks.mail import render

    name = site_settings().name
    outbox_url = url_for("site.outbox", of="sent")
    said = Words("If you read this, the site's mails arrive.", outbox_url, "See what was sent")
    rendered = render("Mail works", [Section("", [said])])
    return Letter(address, f"Mail works – {name}", rendered.text, rendered.html)
