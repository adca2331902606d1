"""How pages of the desk answer: what all of them show, where they lead back to, and saving what a form says."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug import Response

from musicapp.database import writing
from musicapp.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from musicapp.site.stored_settings import site_settings
from plugins.catalog import services
from plugins.catalog.forms import Form
from plugins.catalog.licences import LICENCES
from plugins.catalog.moments import days_left, until

NOT_YOURS = "This is another artist's music; only they can change it."


def desk_page(template: str, **values: Any) -> str:
    """A page of the desk, with the words for times ahead, the zone of the site's clock, and the usual licences."""
    zone = site_settings().time_zone
    said = {"until": until, "days_left": days_left, "zone": zone, "licences": LICENCES}
    return render_template(f"catalog/{template}", **said, **values)


def back_to(endpoint: str, **values: Any) -> Response:
    """Lead to a page of the desk after something was done."""
    return redirect(url_for(f".{endpoint}", **values), 303)


def saved(form: Form, save: Callable[[], object]) -> bool:
    """Whether a form fits and was saved; what the services refuse stands beside its fields."""
    if not form.validate():
        return False
    try:
        save()
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def save_with_cover(save: Callable[[], object], save_cover: Callable[[int], object]) -> None:
    """Save the words of a form and the cover that was sent with them, both or neither."""
    cover_id = kept_cover()
    with writing():
        save()
        if cover_id is not None:
            save_cover(cover_id)


def kept_cover() -> int | None:
    """The cover made of the picture that was sent, before anything is written: a refused one must change nothing."""
    file = request.files.get("cover")
    return services.keep_cover(services.read_picture(file.stream)) if file and file.filename else None


def say(act: Callable[[], str]) -> None:
    """Do something, and let the next page say what was done or why it was refused."""
    try:
        flash(act(), "success")
    except (Conflict, Invalid) as refused:
        flash(refused.sentence, "error")


def offer_undo(what: str, url: str, song_ids: Sequence[int] = ()) -> None:
    """Let the next page of the desk say what is deleted, with a way back; `what` is the beginning of a sentence."""
    days = services.limits().restorable_days
    session["catalog_undo"] = {"what": what, "url": url, "song_ids": list(song_ids), "days": days}


def undo_offered() -> dict[str, Any] | None:
    """What was deleted by the request before, once."""
    offered: dict[str, Any] | None = session.pop("catalog_undo", None)
    return offered
