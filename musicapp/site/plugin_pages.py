"""The page of plugins: what runs, what does not and why, what each adds, and switching them off."""

from dataclasses import asdict

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import Body, answer
from musicapp.errors import Conflict
from musicapp.site import plugin
from musicapp.site.plugin_rows import plugin_rows, switch_off, switch_on

WITH_THE_NEXT_START = "It holds from the next start of the site on."


class SwitchBody(Body):
    """Whether a plugin is to run."""

    on: bool


@plugin.get("/plugins", permission="site.admin")
def plugins() -> str:
    """What runs, what does not and why."""
    return render_template("site/plugins.html", plugins=plugin_rows())


@plugin.post("/plugins/<name>/off", permission="site.admin")
def switch_plugin_off(name: str) -> ResponseReturnValue:
    """Let a plugin not run any more."""
    try:
        flash(f"{switch_off(name).title} is switched off. {WITH_THE_NEXT_START}", "success")
    except Conflict as refused:
        flash(refused.sentence, "error")
    return redirect(url_for(".plugins"), 303)


@plugin.post("/plugins/<name>/on", permission="site.admin")
def switch_plugin_on(name: str) -> ResponseReturnValue:
    """Let a plugin run again."""
    flash(f"{switch_on(name).title} is switched on. {WITH_THE_NEXT_START}", "success")
    return redirect(url_for(".plugins"), 303)


@plugin.api.get("/plugins", permission="site.admin")
def list_plugins() -> Response:
    """All plugins: how they are, why, and what they add."""
    return answer([asdict(row) for row in plugin_rows()])


@plugin.api.put("/plugins/<name>", permission="site.admin", body=SwitchBody)
def switch_plugin(name: str, body: SwitchBody) -> Response:
    """Switch a plugin off or on, for the next start of the site; 409 where others or the log-in need it."""
    return answer(asdict(switch_on(name) if body.on else switch_off(name)), WITH_THE_NEXT_START)
