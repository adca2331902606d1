"""The pages of settings: one for each plugin that has some."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid
from musicapp.site import plugin
from musicapp.site.setting_rows import change_settings, reset_settings, setting_group, setting_groups, typed_values


@plugin.get("/settings", permission="site.admin", defaults={"name": "site"})
@plugin.get("/settings/<name>", permission="site.admin")
def settings(name: str) -> str:
    """The settings of the site, or of one plugin."""
    return settings_page(name)


@plugin.post("/settings/<name>", permission="site.admin")
def save_settings(name: str) -> ResponseReturnValue:
    """Keep what was changed."""
    try:
        changed = change_settings(name, typed_values(setting_group(name), request.form))
    except Invalid as refused:
        return settings_page(name, refused), refused.status
    flash("Saved. It holds from now on." if changed else "Nothing was changed.", "success")
    return redirect(url_for(".settings", name=name), 303)


@plugin.post("/settings/<name>/reset", permission="site.admin")
def reset_setting(name: str) -> ResponseReturnValue:
    """Let one setting be as it is by default."""
    reset_settings(name, request.form.get("setting", ""))
    flash("It is as it was at the beginning.", "success")
    return redirect(url_for(".settings", name=name), 303)


def settings_page(name: str, refused: Invalid | None = None) -> str:
    """The form of one group; what was typed and refused stands in it again, with the reason."""
    groups = setting_groups()
    return render_template(
        "site/settings.html",
        group=setting_group(name),
        chips=[(group.title, url_for(".settings", name=group.name), group.name == name, None) for group in groups],
        typed=request.form if refused else None,
        errors=refused.errors if refused else {},
        sentence=refused.sentence if refused else "",
    )
