"""Typed settings of plugins: the environment, else what was stored on the site, else the default."""

from typing import Any, TypeVar

import sqlalchemy as sa
from flask import current_app, g
from pydantic import BaseModel

from config import ROOT
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.plugins.site import current_site
from musicapp.settings import Settings, environment, environment_names, parse, setting
from musicapp.site import plugin
from musicapp.site.models import StoredSetting

M = TypeVar("M", bound=BaseModel)


class SiteSettings(Settings):
    """What the site is called and where it is at home."""

    name: str = setting("musicapp", "Name of the site, shown on every page.", min_length=1, max_length=60)
    time_zone: str = setting("UTC", "Time zone of days, reports and schedules, such as Europe/Berlin.")


site_settings = plugin.settings(SiteSettings)


def plugin_settings(name: str, model: type[M]) -> M:
    """The settings of one plugin as they are now; read once per request, job or command."""
    kept: dict[str, BaseModel] = g.setdefault("plugin_settings", {})
    if name not in kept:
        kept[name] = model(**{**stored(name, model), **from_environment(name, model)})
    return kept[name]  # type: ignore[return-value]


def stored(name: str, model: type[BaseModel]) -> dict[str, Any]:
    rows = db.session.execute(sa.select(StoredSetting.name, StoredSetting.value).where(StoredSetting.plugin == name))
    return {field: value for field, value in rows if field in model.model_fields}


def from_environment(name: str, model: type[BaseModel]) -> dict[str, Any]:
    cache: dict[str, dict[str, Any]] = current_app.extensions.setdefault("plugin_environment", {})
    if name not in cache:
        environ = environment(ROOT / ".env")
        cache[name] = {
            field: parse(environ[key], info)
            for field, info in model.model_fields.items()
            for key in environment_names(field, info, f"{name}_")
            if environ.get(key, "") != ""
        }
    return cache[name]


def store_settings(name: str, values: dict[str, Any]) -> None:
    """Keep changed settings of one plugin; raises pydantic's ValidationError for what does not fit."""
    model = next(p.declared.settings for p in current_site().plugins if p.name == name)
    if model is None:
        raise LookupError(f"{name} has no settings.")
    checked = model(**{**stored(name, model), **values}).model_dump(mode="json")
    with writing() as session:
        for field in values:
            session.merge(StoredSetting(plugin=name, name=field, value=checked[field], changed_at=now()))
    g.pop("plugin_settings", None)
