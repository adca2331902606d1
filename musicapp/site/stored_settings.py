"""Typed settings of plugins: the environment, else what was stored on the site, else the default."""

import logging
from collections.abc import Collection
from functools import cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

import sqlalchemy as sa
from flask import current_app, g
from pydantic import BaseModel, ValidationError, field_validator

from musicapp import audit
from musicapp.clock import now
from musicapp.database import db, one_at_a_time, writing
from musicapp.plugins.site import current_site
from musicapp.settings import Settings, environment_names, is_by_environment, parse, setting
from musicapp.site import plugin
from musicapp.site.models import StoredSetting

M = TypeVar("M", bound=BaseModel)
log = logging.getLogger(__name__)


@cache
def known_time_zones() -> set[str]:
    """The names of all time zones; to look for them takes milliseconds, and every request reads the settings."""
    return available_timezones()


class SiteSettings(Settings):
    """What the site is called and where it is at home."""

    name: str = setting("musicapp", "Name of the site, shown on every page.", min_length=1, max_length=60)
    time_zone: str = setting("UTC", "Time zone of days, reports and schedules, such as Europe/Berlin.")

    @field_validator("time_zone")
    @classmethod
    def a_zone_that_exists(cls, name: str) -> str:
        if name not in known_time_zones():
            raise ValueError(f"There is no time zone “{name}”; they look like Europe/Berlin.")
        return name


site_settings = plugin.settings(SiteSettings)


def plugin_settings(name: str, model: type[M]) -> M:
    """The settings of one plugin as they are now; read once per request, job or command."""
    kept: dict[str, BaseModel] = g.setdefault("plugin_settings", {})
    if name not in kept:
        kept[name] = fitting(name, model, {**stored(name, model), **from_environment(name, model)})
    return kept[name]  # type: ignore[return-value]


def fitting(name: str, model: type[M], given: dict[str, Any]) -> M:
    """The settings as they are given, without those that cannot be so any more: one of them must not cost the site."""
    try:
        return model(**given)
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors() if problem["loc"]}
        log.error("Settings of %s that cannot be used are left as they are by default: %s.", name, sorted(wrong))
        return model(**{field: value for field, value in given.items() if field not in wrong})


def stored(name: str, model: type[BaseModel]) -> dict[str, Any]:
    rows = db.session.execute(sa.select(StoredSetting.name, StoredSetting.value).where(StoredSetting.plugin == name))
    fields = model.model_fields
    return {field: value for field, value in rows if field in fields and not is_by_environment(fields[field])}


def from_environment(name: str, model: type[BaseModel]) -> dict[str, Any]:
    cache: dict[str, dict[str, Any]] = current_app.extensions.setdefault("plugin_environment", {})
    if name not in cache:
        environ = current_app.extensions["environ"]
        cache[name] = {
            field: parse(environ[key], info)
            for field, info in model.model_fields.items()
            for key in environment_names(field, info, f"{name}_")
            if environ.get(key, "") != ""
        }
    return cache[name]


def store_settings(name: str, values: dict[str, Any]) -> None:
    """Keep changed settings of one plugin; raises pydantic's ValidationError for what does not fit."""
    model = settings_model(name)
    with writing() as unit:
        one_at_a_time("settings")
        before = stored(name, model)
        checked = model(**{**before, **values}).model_dump(mode="json")
        for field in values:
            unit.merge(StoredSetting(plugin=name, name=field, value=checked[field], changed_at=now()))
            record_change(name, field, before.get(field), checked[field])
    g.pop("plugin_settings", None)


def forget_settings(name: str, fields: Collection[str]) -> None:
    """Let settings of one plugin be as they are where nobody changed them."""
    gone = sa.delete(StoredSetting).where(StoredSetting.plugin == name, StoredSetting.name.in_(fields))
    with writing() as unit:
        one_at_a_time("settings")
        before = stored(name, settings_model(name))
        for field in unit.scalars(gone.returning(StoredSetting.name)).all():
            record_change(name, field, before.get(field), None)
    g.pop("plugin_settings", None)


def record_change(name: str, field: str, before: Any, after: Any) -> None:
    """Note in the audit log that a setting is another now; None: what it is by default."""
    audit.record("site.setting_changed", title=f"{name}.{field}", before=before, after=after)


def settings_model(name: str) -> type[BaseModel]:
    """The settings of a running plugin; raises LookupError where it has none."""
    for running in current_site().plugins:
        if running.name == name and running.declared.settings is not None:
            return running.declared.settings
    raise LookupError(f"{name} has no settings.")
