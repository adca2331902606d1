"""Pages of the kernel. Each only collects what the plugins give."""

from typing import cast

from flask import Response, current_app, jsonify, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue

from musicapp import bundles
from musicapp.blocks.samples import sample_document
from musicapp.errors import NotFound
from musicapp.headers import A_YEAR_S
from musicapp.plugins.site import current_site
from musicapp.security import may
from musicapp.site import health as health_checks
from musicapp.site import plugin
from musicapp.site.watchers import is_watcher


@plugin.get("/", permission="public")
def home() -> str:
    """The front page: one shelf after another, as the plugins give them."""
    return render_template("site/home.html")


@plugin.get("/components", permission="public")
def components() -> str:
    """Every part of the pages in every state; for those who write pages, so only under debug and tests."""
    if not (current_app.debug or current_app.testing):
        raise NotFound("There is nothing here.")
    return render_template("components.html", document=sample_document())


@plugin.get("/assets/<name>/<path:filename>", permission="public")
def plugin_static(name: str, filename: str) -> Response:
    """A file of the `static/` folder of a running plugin."""
    for running in current_site().plugins:
        if running.name == name:
            return send_from_directory(f"{running.root_path}/static", filename, max_age=A_YEAR_S)
    raise NotFound("There is nothing here.")


@plugin.get("/bundles/<owner>.<any(css, js):suffix>", permission="public")
def bundle(owner: str, suffix: bundles.Suffix) -> Response:
    """The scripts or the sheets of the site or of one plugin, as one file."""
    found = bundles.bundle(owner, suffix)
    if found is None:
        raise NotFound("There is nothing here.")
    response = Response(found.body, mimetype="text/css" if suffix == "css" else "text/javascript")
    response.set_etag(found.version)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return cast(Response, response.make_conditional(request))


@plugin.get("/healthz", permission="public")
def healthz() -> ResponseReturnValue:
    """Alive: this process answers."""
    return jsonify({"message": "alive"})


@plugin.get("/readyz", permission="public")
def readyz() -> ResponseReturnValue:
    """Whether the site can do its work: 503 only when the database cannot. Those who run it read what is wrong."""
    checks = health_checks.all_checks()
    worst = health_checks.worst(checks)
    # Without its database the site cannot know who asks.
    says_why = is_watcher() or (worst != "down" and may("site.admin"))
    told = {check.name: {"state": check.state, **({"detail": check.detail} if says_why else {})} for check in checks}
    return jsonify({"message": worst, "data": told}), 503 if worst == "down" else 200
