"""Checks of a plugin before it runs. Each yields the reasons why it may not, as sentences for the site's owner."""

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from flask import Flask

from musicapp.plugins.contract import Plugin
from musicapp.plugins.declared import Contribution, Listener
from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.site import Site

BUILT_IN = ("public", "listen", "member")
Reasons = Iterator[str]
Check = Callable[[Plugin, Site, Flask], Reasons]


def its_routes_declare_permissions(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    for route in plugin.declared.bare_endpoints:
        yield f'the route {route} declares no permission. Say permission="public", "listen", "member" or a right.'


def its_permissions_exist(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    known = {*BUILT_IN, *site.rights, *plugin.declared.rights}
    asked = {endpoint: route.permission for endpoint, route in plugin.declared.routes.items()}
    asked |= {f"the menu entry “{entry.label}”": entry.permission for entry in plugin.declared.nav}
    for what, permission in asked.items():
        if permission not in known:
            yield f"{what} asks for “{permission}”, which nobody declared.{did_you_mean(permission, known)}"


def its_tables(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    for table in sorted(site.states[plugin.name].tables if plugin.name in site.states else ()):
        if not table.startswith(f"{plugin.name}_"):
            yield f"its table “{table}” must be named “{plugin.name}_{table}”."


def its_templates(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    folder = Path(plugin.root_path) / "templates"
    for path in sorted(folder.glob("*")) if folder.is_dir() and is_package(plugin) else []:
        if path.name != plugin.name:
            yield f"its template {path.name} must lie in templates/{plugin.name}/, or it could replace another's."


def its_routes_are_free(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    taken = {key: rule.endpoint for rule in app.url_map.iter_rules() for key in keys(rule.rule, rule.methods or ())}
    for rule in plugin.declared.rules:
        for key in keys(rule.path, rule.methods):
            if key in taken:
                yield f"its route {key[0]} {rule.path} is already taken by {taken[key]}."


def its_words_are_free(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    for job in plugin.declared.jobs:
        if [other.kind for other in plugin.declared.jobs].count(job.kind) > 1:
            yield f"it declares the job “{job.kind}” twice."


def its_listeners(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    for listener in plugin.declared.listeners:
        yield from a_listener(listener)


def a_listener(listener: Listener) -> Reasons:
    name, event = listener.function.__name__, listener.event
    if not (isinstance(event, type) and dataclasses.is_dataclass(event)):
        yield f"{name} listens to {event!r}, which is no event (a frozen dataclass)."
        return
    try:
        inspect.signature(listener.function).bind(event)
    except TypeError as error:
        yield f"{name} must take one argument, the {event.__name__}: {error}."
        return
    hints = typing.get_type_hints(listener.function)
    hints.pop("return", None)
    written_for = next(iter(hints.values()), event)  # one event, or several as `SongDeleted | SongRestored`
    if event not in (typing.get_args(written_for) or (written_for,)):
        yield f"{name} listens to {event.__name__} but is written for {getattr(written_for, '__name__', written_for)}."


def gifts(plugin: Plugin, loaded: Mapping[str, Plugin]) -> Reasons:
    """What it gives to places of others must fit them; what has no owner lies idle and is no mistake."""
    for filling in plugin.declared.fillings:
        owner = loaded.get(filling.slot.partition(".")[0])
        if owner and filling.slot not in owner.declared.slots:
            hint = did_you_mean(filling.slot, owner.declared.slots)
            yield f"it fills the slot “{filling.slot}”, which {owner.name} does not offer.{hint}"
    for gift in plugin.declared.contributions:
        owner = loaded.get(gift.point.partition(".")[0])
        if owner and gift.point not in owner.declared.points:
            hint = did_you_mean(gift.point, owner.declared.points)
            yield f"it contributes to “{gift.point}”, which {owner.name} does not collect.{hint}"
        elif owner:
            yield from a_contribution(gift, owner.declared.points[gift.point])


def a_contribution(gift: Contribution, record: type) -> Reasons:
    try:
        record(gift.function, **gift.brought)
    except (TypeError, ValueError) as error:
        yield f"what {gift.function.__name__} contributes to “{gift.point}” does not fit: {error}."


def its_nav(plugin: Plugin, site: Site, app: Flask) -> Reasons:
    own_endpoints = {rule.endpoint for rule in plugin.declared.rules}
    endpoints = own_endpoints | set(app.view_functions)
    for entry in plugin.declared.nav:
        if entry.endpoint not in endpoints:
            hint = did_you_mean(entry.endpoint, own_endpoints)
            yield f"its menu entry “{entry.label}” leads to {entry.endpoint}, which does not exist.{hint}"


BEFORE_START: tuple[Check, ...] = (
    its_routes_declare_permissions,
    its_permissions_exist,
    its_tables,
    its_templates,
    its_routes_are_free,
    its_words_are_free,
    its_listeners,
    its_nav,
)


def reasons(plugin: Plugin, site: Site, app: Flask) -> str:
    """Everything that speaks against running `plugin`, as one text; empty when nothing does."""
    return joined(reason for check in BEFORE_START for reason in check(plugin, site, app))


def joined(reasons: Iterable[str]) -> str:
    return " Also, ".join(reasons)


def register(plugin: Plugin, app: Flask) -> None:
    """Add a plugin's pages and its API to an app."""
    app.register_blueprint(plugin, url_prefix=plugin.prefix or None)
    app.register_blueprint(plugin.api, url_prefix=plugin.api_prefix or None, name_prefix=plugin.name)


def keys(path: str, methods: Iterable[str]) -> list[tuple[str, str]]:
    """What must not stand twice: each method with the path, whatever its variables are called."""
    return [(method, shape_of(path)) for method in sorted(set(methods) - {"HEAD", "OPTIONS"})]


@cache
def shape_of(path: str) -> str:
    """A path without the names of its variables; each plugin asks for those of all before it."""
    return re.sub(r"<(?:([^:<>]+):)?[^<>]+>", lambda match: f"<{match.group(1) or 'string'}>", path)


def is_package(plugin: Plugin) -> bool:
    """Whether the plugin is a folder; a single file's `templates/` would be its neighbours' too."""
    return Path(plugin.root_path).name == plugin.import_name.rpartition(".")[2]
