"""Starting the plugins of one app: in the order of their requirements, each checked, each failure contained."""

import logging
from collections.abc import Collection, Mapping
from pathlib import Path

from flask import Flask

from musicapp import migrating
from musicapp.database import db
from musicapp.plugins import checks, discovery
from musicapp.plugins.contract import Plugin
from musicapp.plugins.declared import JobKind
from musicapp.plugins.discovery import Candidate
from musicapp.plugins.events import deliver
from musicapp.plugins.problems import PluginRefused, did_you_mean
from musicapp.plugins.site import PluginState, Site, site_of
from musicapp.plugins.switched_off import REASON, switched_off

log = logging.getLogger(__name__)


def start_plugins(app: Flask, kernel: Plugin) -> Site:
    """Find, check, migrate and register what `PLUGINS` names; `kernel` is the kernel's own plugin and comes first."""
    site = site_of(app)
    found = discovery.find(app.config["PLUGIN_FOLDERS"])
    asked = [name for name in app.config["PLUGINS"] if name != kernel.name]
    site.states = load_enabled(asked, found, switched_off(app))
    site.states = {kernel.name: PluginState(kernel.name, "musicapp", True, plugin=kernel), **site.states}
    refuse_misfits(site.states)
    for state in in_order_of_requirements(site.states):
        start(state, site, app)
        if state.plugin is kernel and state.state == "stopped":
            raise PluginRefused(f"The site cannot start: {state.reason}")
    connect(site)
    report(site, app)
    return site


def load_enabled(enabled: list[str], found: Mapping[str, Candidate], off: Collection[str]) -> dict[str, PluginState]:
    """A state for each plugin that is asked for, loaded unless it is off, and for each that is not asked for."""
    in_folders = [name for name, candidate in found.items() if not candidate.origin.startswith("package ")]
    wanted = [name for asked in enabled for name in (in_folders if asked == "*" else [asked])]
    states: dict[str, PluginState] = {}
    for name in wanted:
        if name in found and name in off:
            states[name] = PluginState(name, found[name].origin, found[name].first_party, "disabled", REASON)
        elif name in found:
            states[name] = states.get(name) or discovery.load(found[name])
        else:
            reason = f"no plugin of this name was found.{did_you_mean(name, found)}"
            states[name] = PluginState(name, "PLUGINS", state="stopped", reason=reason)
    for name, candidate in found.items():
        if name not in states:
            reason = f"it is not enabled; add it to MUSICAPP_PLUGINS ({','.join([*enabled, name])})."
            states[name] = PluginState(name, candidate.origin, candidate.first_party, "disabled", reason)
    return states


def in_order_of_requirements(states: Mapping[str, PluginState]) -> list[PluginState]:
    """The loaded plugins, requirements first; those that cannot have theirs are stopped with the reason."""
    ordered: list[PluginState] = []

    def place(state: PluginState, path: tuple[str, ...]) -> None:
        if state in ordered or state.plugin is None or state.state != "running":
            return
        if state.name in path:
            circle = " → ".join([*path[path.index(state.name) :], state.name])
            state.stop(f"it is required by what it requires: {circle}.")
            return
        for name in state.plugin.requires:
            needed = states.get(name)
            if needed is not None:
                place(needed, (*path, state.name))
            if needed is None or needed.state != "running":
                state.stop(missing(name, needed, states))
        if state.state == "running":
            ordered.append(state)

    for state in states.values():
        place(state, ())
    return ordered


def missing(name: str, needed: PluginState | None, states: Mapping[str, PluginState]) -> str:
    if needed is None:
        return f"it requires “{name}”, which was not found.{did_you_mean(name, states)}"
    return f"it requires “{name}”, which is {needed.state}: {needed.reason}"


def start(state: PluginState, site: Site, app: Flask) -> None:
    """Check one plugin against those that run already, bring its tables up to date, and register it."""
    plugin = state.plugin
    assert plugin is not None
    stopped = [
        name for name in plugin.requires if not site.running(name) or site.states[name].plugin not in site.plugins
    ]
    if stopped:
        state.stop(missing(stopped[0], site.states[stopped[0]], site.states))
        return
    try:
        if against := checks.reasons(plugin, site, app):
            state.stop(against)
            return
        if failure := migrate(plugin, app):
            state.stop(failure)
            return
        checks.register(plugin, app)
    except Exception as error:
        log.debug("Starting the plugin %s failed.", plugin.name, exc_info=True)
        state.stop(f"starting it failed: {type(error).__name__}: {error}")
        return
    site.add(plugin)


def migrate(plugin: Plugin, app: Flask) -> str:
    """Bring one plugin's tables up to date; answers why not, or nothing."""
    folder = Path(plugin.root_path) / "migrations"
    if not app.config["UPGRADE"] or not checks.is_package(plugin) or not any(folder.glob("*.py")):
        return ""
    with app.app_context():
        failures = migrating.upgrade(db.engine, {plugin.name: folder}, app.config["INSTANCE"])
    return failures.get(plugin.name, "")


def refuse_misfits(states: Mapping[str, PluginState]) -> None:
    """Stop the plugins that give something to a place which its owner does not have."""
    loaded = {state.name: state.plugin for state in states.values() if state.plugin and state.state == "running"}
    for name, plugin in loaded.items():
        if against := checks.joined(checks.gifts(plugin, loaded)):
            states[name].stop(against)


def connect(site: Site) -> None:
    """Put what each plugin gives where it belongs, and make jobs of the durable listeners."""
    owners = {plugin.name: plugin for plugin in site.plugins}
    for plugin in site.plugins:
        site.connect(plugin, owners)
    for listener in [one for listeners in site.listeners.values() for one in listeners if one.durable]:
        site.jobs[listener.kind] = JobKind(listener.plugin, listener.kind, deliver(listener))


def report(site: Site, app: Flask) -> None:
    """Say in the log what does not run and why; under tests and debug, refuse to go on without our own plugins."""
    for state in site.states.values():
        if state.state != "stopped":
            continue
        log.error("The plugin “%s” does not run: %s", state.name, state.reason)
        if state.first_party and (app.testing or app.debug):
            raise PluginRefused(f"The plugin “{state.name}” does not run: {state.reason}")
