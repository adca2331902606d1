"""What the page of rules sends: to save them, to add, remove and move lines, and to look at what they choose."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid
from plugins.playlists import plugin, services
from plugins.playlists.services import PlaylistDetail
from plugins.playlists.views.asked import back_to, person_here
from plugins.playlists.views.rules.drafts import Draft
from plugins.playlists.views.rules.form import act_on, read_form
from plugins.playlists.views.rules.pages import own_smart, rules_page, shown


@plugin.post("/smart", endpoint="create_smart", permission="member")
def create_smart() -> ResponseReturnValue:
    """Make a smart playlist of what was written, or do what a button of the form says."""
    draft = read_form(request.form)
    if request.form.get("act") != "save":
        return changed_form(draft, None)
    try:
        playlist_id = services.create_playlist(person_here(), draft.name, rules=draft.written())
    except (Invalid, Conflict) as refused:
        return refused_form(draft, None, refused)
    flash(f"“{draft.name.strip()}” is made. It keeps itself fresh.", "success")
    return back_to("playlist", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/rules", endpoint="save_rules", permission="member")
def save_rules(playlist_id: int) -> ResponseReturnValue:
    """Save the rules of one's own smart playlist, or do what a button of the form says."""
    detail = own_smart(playlist_id)
    draft = read_form(request.form)
    if request.form.get("act") != "save":
        return changed_form(draft, detail)
    revision = int(draft.revision) if draft.revision.isdecimal() else None
    try:
        services.choose_by_rules(person_here(), playlist_id, draft.written(), revision)
    except (Invalid, Conflict) as refused:
        return refused_form(draft, detail, refused)
    flash(f"The rules of “{detail.card.name}” are saved.", "success")
    return back_to("playlist", playlist_id=playlist_id)


@plugin.post("/<int:playlist_id>/freeze", endpoint="freeze_playlist", permission="member")
def freeze_playlist(playlist_id: int) -> ResponseReturnValue:
    """Make one's own smart playlist a plain one of the songs that it has now."""
    count = services.freeze_playlist(person_here(), playlist_id)
    songs = "its one song" if count == 1 else f"its {count:,} songs"
    flash(f"The playlist has no rules any more and keeps {songs}.", "success")
    return back_to("playlist", playlist_id=playlist_id)


@plugin.post("/rules/look", endpoint="look_at_rules", permission="member")
def look_at_rules() -> str:
    """The lines of the form after what its button says, and what they choose: for the page's script."""
    draft = read_form(request.form)
    focus = act_on(draft, request.form.get("act", ""))
    playlist_id = request.args.get("playlist", 0, type=int)
    return render_template("playlists/rules_look.html", **shown(person_here(), draft, playlist_id, focus))


def changed_form(draft: Draft, detail: PlaylistDetail | None) -> str:
    """The page after a button that saves nothing, with all that was typed."""
    focus = act_on(draft, request.form.get("act", ""))
    return rules_page(draft, detail, focus=focus)


def refused_form(draft: Draft, detail: PlaylistDetail | None, refused: Invalid | Conflict) -> ResponseReturnValue:
    """The page again with what is wrong beside it; who saves once more has seen what changed meanwhile."""
    draft.refuse(refused.errors or {"form": [refused.sentence]})
    if detail is not None:
        draft.revision = str(detail.card.revision)
    return rules_page(draft, detail), refused.status
