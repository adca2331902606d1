"""Settings for programs: the same services as the pages, as JSON."""

from dataclasses import asdict
from typing import Any

from flask import Response
from pydantic import Field

from musicapp.api import Body, answer
from musicapp.site import plugin
from musicapp.site.setting_rows import change_settings, reset_settings, setting_group, setting_groups


class SettingsBody(Body):
    """What is to be other than it is."""

    values: dict[str, Any] = Field(min_length=1, description="The new values, by the names of the settings.")


@plugin.api.get("/settings", permission="site.admin")
def all_settings() -> Response:
    """All settings by plugin: what each is, what it may be, and who said so."""
    return answer({group.name: [asdict(row) for row in group.rows] for group in setting_groups()})


@plugin.api.patch("/settings/<name>", permission="site.admin", body=SettingsBody)
def change_settings_of(name: str, body: SettingsBody) -> Response:
    """Change settings of one plugin; 422 by field for what cannot be so."""
    change_settings(name, body.values)
    return answer([asdict(row) for row in setting_group(name).rows], "Saved.")


@plugin.api.delete("/settings/<name>/<setting>", permission="site.admin")
def reset_setting_of(name: str, setting: str) -> Response:
    """Let one setting be as it is by default."""
    reset_settings(name, setting)
    return answer([asdict(row) for row in setting_group(name).rows], "It is as it was at the beginning.")
