"""Pages of the kernel. Each only collects what the plugins give."""

from functools import partial

from flask import Response, current_app, jsonify, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from musicapp.errors import NotFound
from musicapp.plugins.site import current_site
from musicapp.plugins.slots import contained
from musicapp.site import health as health_checks
from musicapp.site import plugin
from musicapp.site.found import Found

SEARCH_LIMIT = 20


@plugin.get("/", permission="public")
def home() -> str:
    """The front page: one shelf after another, as the plugins give them."""
    return render_template("site/home.html")


@plugin.get("/search", permission="listen")
def search() -> str:
    """Everything that is found for `q`, by kind."""
    text = request.args.get("q", "").strip()[:200]
    return render_template("site/search.html", text=text, groups=found_by_kind(text) if text else {})


def found_by_kind(text: str) -> dict[str, list[Found]]:
    groups = {}
    for search in current_site().searches:
        found = contained(search.plugin, f"search for {search.kind}", partial(search.function, text, SEARCH_LIMIT))
        if found:
            groups[search.kind] = found
    return groups


@plugin.get("/plugins", permission="site.admin")
def plugins() -> str:
    """What runs, what does not and why."""
    return render_template("site/plugins.html", states=current_site().states.values())


@plugin.get("/components", permission="public")
def components() -> str:
    """Every part of the pages in every state; for those who write pages, so only under debug and tests."""
    if not (current_app.debug or current_app.testing):
        raise NotFound("There is nothing here.")
    return render_template("components.html")


@plugin.get("/assets/<name>/<path:filename>", permission="public")
def plugin_static(name: str, filename: str) -> Response:
    """A file of the `static/` folder of a running plugin."""
    for running in current_site().plugins:
        if running.name == name:
            return send_from_directory(f"{running.root_path}/static", filename, max_age=31536000)
    raise NotFound("There is nothing here.")


@plugin.get("/healthz", permission="public")
def healthz() -> ResponseReturnValue:
    """Alive: this process answers."""
    return jsonify({"message": "alive"})


@plugin.get("/readyz", permission="public")
def readyz() -> ResponseReturnValue:
    """Whether the site can do its work: 503 only when the database cannot."""
    checks = health_checks.all_checks()
    worst = health_checks.worst(checks)
    answer = {
        "message": worst,
        "data": {check.name: {"state": check.state, "detail": check.detail} for check in checks},
    }
    return jsonify(answer), 503 if worst == "down" else 200
