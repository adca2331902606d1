"""Caught mail: what a site for trying out would have sent, for its admins to look at."""

from flask import Response, render_template

from musicapp.errors import NotFound
from musicapp.mail.caught import caught_mail, caught_mails
from musicapp.mail.server import catches_mail
from musicapp.site import plugin

NOTHING_RUNS = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
LINKS_OPEN_BESIDE = '<base target="_blank">'


def refuse_elsewhere() -> None:
    """Raise NotFound on a site whose mails leave it."""
    if not catches_mail():
        raise NotFound("This site keeps no mail: it sends it.")


@plugin.get("/mail", permission="site.admin", endpoint="caught_mails")
def show_caught_mails() -> str:
    """All mails that are kept, the newest first."""
    refuse_elsewhere()
    return render_template("site/caught_mails.html", mails=list(caught_mails()))


@plugin.get("/mail/<name>", permission="site.admin", endpoint="caught_mail")
def show_caught_mail(name: str) -> str:
    """One mail: as a mail program shows it, its text part and its headers."""
    refuse_elsewhere()
    return render_template("site/caught_mail.html", mail=caught_mail(name))


@plugin.get("/mail/<name>/html", permission="site.admin")
def caught_html(name: str) -> Response:
    """The HTML part of a mail, for a frame in which nothing of it runs or asks for anything."""
    refuse_elsewhere()
    html = caught_mail(name).html.replace("<head>", f"<head>{LINKS_OPEN_BESIDE}", 1)
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
