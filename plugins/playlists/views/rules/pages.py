"""The page of rules: to make a smart playlist, and to change one."""

from typing import Any

from flask import render_template, request, url_for

from musicapp.errors import Conflict, Forbidden
from plugins.catalog import services as catalog
from plugins.catalog.services import FIELDS, SORTS, Person
from plugins.playlists import plugin, services
from plugins.playlists.services import PRESETS, PlaylistDetail
from plugins.playlists.views.asked import person_here
from plugins.playlists.views.rules.drafts import Draft, draft_of, new_line
from plugins.playlists.views.rules.outcome import outcome_of

NOT_YOURS = "This is another's playlist; only they can change its rules."
NO_RULES = "This playlist has songs of its own, and no rules. Make a new one for rules."


@plugin.get("/smart", permission="member")
def new_smart() -> str:
    """Rules for a new smart playlist, empty or as a preset begins."""
    preset = PRESETS.get(request.args.get("preset", ""))
    if preset is None:
        return rules_page(Draft(parts=[new_line()]))
    return rules_page(draft_of(preset.rules, {}, name=preset.title))


@plugin.get("/<int:playlist_id>/rules", permission="member")
def rules(playlist_id: int) -> str:
    """The rules of one's own smart playlist."""
    detail = own_smart(playlist_id)
    read = catalog.read_rules(detail.rules)
    draft = draft_of(read, catalog.names_meant(read), name=detail.card.name, revision=str(detail.card.revision))
    return rules_page(draft, detail)


def own_smart(playlist_id: int) -> PlaylistDetail:
    """A smart playlist of who asks; raises Forbidden for another's, Conflict for a plain one."""
    detail = services.playlist_detail(person_here(), playlist_id)
    if detail.role != "owner":
        raise Forbidden(NOT_YOURS)
    if detail.rules is None:
        raise Conflict(NO_RULES)
    return detail


def rules_page(draft: Draft, detail: PlaylistDetail | None = None, *, focus: str = "") -> str:
    """The whole page; without a playlist that of a new one."""
    playlist_id = detail.card.id if detail else 0
    return render_template(
        "playlists/rules.html",
        playlist=detail.card if detail else None,
        presets=PRESETS.values(),
        **shown(person_here(), draft, playlist_id, focus),
    )


def shown(person: Person, draft: Draft, playlist_id: int, focus: str = "") -> dict[str, Any]:
    """What the form of a draft and its outcome need."""
    outcome = outcome_of(person, draft, playlist_id)
    return {
        "outcome": outcome,
        "links": catalog.song_links(person, outcome.songs),
        "draft": draft,
        "fields": FIELDS,
        "sorts": SORTS,
        "genres": catalog.list_genres(person),
        "focus": focus,
        "look_url": url_for(".look_at_rules", playlist=playlist_id or None),
        "most": {"songs": catalog.MOST_CHOSEN_SONGS, "minutes": catalog.MOST_MINUTES, "rules": catalog.MOST_RULES},
    }
