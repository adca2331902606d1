"""Plugins as their page shows them, and switching them off and on for the next start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flask import current_app

from musicapp import audit
from musicapp.clock import now
from musicapp.database import one_at_a_time, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.plugins.contract import Plugin
from musicapp.plugins.site import PluginState, current_site
from musicapp.plugins.switched_off import KEPT_AS, REASON
from musicapp.site.models import StoredSetting

COUNTED = {"Pages": "page", "Endpoints": "endpoint", "Jobs": "job", "Tables": "table"}


@dataclass(frozen=True)
class PluginRow:
    """One plugin: how it is, why, what it adds, and what becomes of it with the next start.

    `stays` is the sentence why it cannot be switched off. `will` is `stop` or `run` where the next start changes it.
    """

    name: str
    title: str
    version: str
    origin: str
    first_party: bool
    state: Literal["running", "stopped", "disabled"]
    reason: str
    requires: list[str]
    adds: dict[str, list[str]]
    has_settings: bool
    stays: str
    is_off: bool
    can_switch: bool
    will: Literal["", "run", "stop"]

    @property
    def in_short(self) -> str:
        """How much of what it adds, in words."""
        counts = [(len(self.adds.get(what, ())), what.lower(), one) for what, one in COUNTED.items()]
        return ", ".join(f"{count} {one if count == 1 else many}" for count, many, one in counts if count)


def plugin_rows() -> list[PluginRow]:
    """All plugins that were found or asked for, in the order of their start."""
    off = names_off()
    return [row_of(state, off) for state in current_site().states.values()]


def row_of(state: PluginState, off: set[str]) -> PluginRow:
    is_off, runs = state.name in off, state.state == "running"
    plugin = state.plugin
    return PluginRow(
        name=state.name,
        title=plugin.title if plugin else state.name,
        version=plugin.version if plugin else "",
        origin=state.origin,
        first_party=state.first_party,
        state=state.state,
        reason=state.reason,
        requires=list(plugin.requires) if plugin else [],
        adds=what_it_adds(plugin) if plugin and runs else {},
        has_settings=bool(plugin and runs and plugin.declared.settings),
        stays=why_it_stays(state),
        is_off=is_off,
        can_switch=is_off or runs or state.state == "stopped",
        will="stop" if is_off and runs else "run" if not is_off and state.reason == REASON else "",
    )


def what_it_adds(plugin: Plugin) -> dict[str, list[str]]:
    """What a plugin gives to the site, in words, by what it is; what there is none of is missing."""
    said = plugin.declared
    jobs = [f"{job.kind}, {job.schedule}" if job.schedule else job.kind for job in said.jobs]
    pages = sorted({rule.path for rule in said.rules if not rule.path.startswith("/api/")})
    ends = sorted({rule.path for rule in said.rules if rule.path.startswith("/api/")})
    added = {
        "Pages": pages,
        "Endpoints": ends,
        "Rights": sorted(said.rights),
        "Jobs": sorted(jobs),
        "Places in pages": sorted(said.slots),
        "Fills": sorted({filling.slot for filling in said.fillings}),
        "Points": sorted(said.points),
        "Contributes to": sorted({gift.point for gift in said.contributions}),
        "Hears": sorted({listener.event.__name__ for listener in said.listeners}),
        "Tables": sorted(current_site().states[plugin.name].tables),
    }
    return {what: names for what, names in added.items() if names}


def why_it_stays(state: PluginState) -> str:
    """Why a plugin cannot be switched off, or nothing."""
    if state.name == KEPT_AS[0]:
        return "This is the site itself."
    identity = current_app.extensions.get("identity")
    if identity is not None and identity.login.partition(".")[0] == state.name:
        return "People log in by this plugin, and so do you."
    needing = [plugin.title for plugin in current_site().plugins if state.name in plugin.requires]
    return f"{', '.join(needing)} cannot do without it." if needing else ""


def switch_off(name: str) -> PluginRow:
    """Let a plugin not run from the next start on; raises NotFound, and Conflict with the reason why it must run."""
    if why := why_it_stays(known_plugin(name)):
        raise Conflict(why)
    return keep(name, lambda off: off | {name}, "site.plugin_switched_off")


def switch_on(name: str) -> PluginRow:
    """Let a plugin run again from the next start on; raises NotFound."""
    known_plugin(name)
    return keep(name, lambda off: off - {name}, "site.plugin_switched_on")


def keep(name: str, change: Callable[[set[str]], set[str]], action: str) -> PluginRow:
    """Keep which plugins are off, and tell the audit log when that is another set than before."""
    owner, field = KEPT_AS
    with writing() as unit:
        one_at_a_time("settings")
        kept = unit.get(StoredSetting, (owner, field))
        before = set(kept.value if kept else ())
        after = change(before)
        if after != before:
            unit.merge(StoredSetting(plugin=owner, name=field, value=sorted(after), changed_at=now()))
            audit.record(action, title=name)
    return row_of(known_plugin(name), after)


def names_off() -> set[str]:
    kept = session().get(StoredSetting, KEPT_AS)
    return set(kept.value if kept else ())


def known_plugin(name: str) -> PluginState:
    state = current_site().states.get(name)
    if state is None:
        raise NotFound("There is no such plugin.")
    return state
