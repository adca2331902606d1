"""The search page: it asks every plugin, and shows what they found. What is typed is answered without the frame."""

from functools import partial

from flask import render_template, request

from musicapp.plugins.site import current_site
from musicapp.plugins.slots import contained
from musicapp.site import plugin
from musicapp.site.found import Found
from musicapp.site.results import Results, arranged

SEARCH_LIMIT = 20
LONGEST = 200


@plugin.get("/search", permission="listen")
def search() -> str:
    """Everything that is found for `q`, by kind."""
    return render_template("site/search.html", results=results_asked())


@plugin.get("/search/results", permission="listen")
def search_results() -> str:
    """The same without the frame of the page, for who is still typing."""
    return render_template("site/_results.html", results=results_asked())


def results_asked() -> Results:
    text = " ".join(request.args.get("q", "").split())[:LONGEST]
    return arranged(text, request.args.get("kind", ""), found_by_kind(text) if text else {})


def found_by_kind(text: str, limit: int = SEARCH_LIMIT) -> dict[str, list[Found]]:
    """What every plugin finds, by the kinds that it names; a search that fails costs only what it would have found."""
    groups: dict[str, list[Found]] = {}
    for search in current_site().searches:
        look = partial(search.function, text, limit)
        for found in contained(search.plugin, f"search for {search.kind}", look) or []:
            groups.setdefault(found.kind, []).append(found)
    return groups
