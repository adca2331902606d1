"""One running site: which plugins it has, and what they gave. Kept in `app.extensions["musicapp"]`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from flask import Flask, current_app
from pydantic import BaseModel

from musicapp.plugins.contract import DEFAULT_MAX_BODY, Plugin
from musicapp.plugins.declared import Filling, Function, JobKind, Listener, NavEntry, Route, Search


@dataclass
class PluginState:
    """What became of one plugin that was found, asked for, or both."""

    name: str
    origin: str
    first_party: bool = False
    state: Literal["running", "stopped", "disabled"] = "running"
    reason: str = ""
    plugin: Plugin | None = None
    tables: set[str] = field(default_factory=set)

    def stop(self, reason: str) -> None:
        self.state, self.reason = "stopped", reason


@dataclass
class Site:
    """What the running plugins gave, ready to be asked for while a request is answered.

    `enqueue` and `settings_of` are the kernel's own jobs and stored settings, handed in so that the contract, on which
    both are built, need not know them.
    """

    enqueue: Callable[..., int | None]
    settings_of: Callable[[str, type[BaseModel]], BaseModel]
    states: dict[str, PluginState] = field(default_factory=dict)
    plugins: list[Plugin] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    rights: dict[str, frozenset[str]] = field(default_factory=dict)
    nav: list[NavEntry] = field(default_factory=list)
    listeners: dict[type, list[Listener]] = field(default_factory=dict)
    slots: dict[str, list[Filling]] = field(default_factory=dict)
    points: dict[str, list[Any]] = field(default_factory=dict)
    jobs: dict[str, JobKind] = field(default_factory=dict)
    searches: list[Search] = field(default_factory=list)
    health_checks: list[tuple[str, Function]] = field(default_factory=list)
    demos: list[tuple[str, Function]] = field(default_factory=list)

    def add(self, plugin: Plugin) -> None:
        """Take over what a plugin declared, once it has passed every check."""
        said = plugin.declared
        self.plugins.append(plugin)
        self.routes |= said.routes
        self.rights |= said.rights
        self.nav += said.nav
        for listener in said.listeners:
            self.listeners.setdefault(listener.event, []).append(listener)
        for slot in said.slots:
            self.slots.setdefault(slot, [])
        for point in said.points:
            self.points.setdefault(point, [])
        self.jobs |= {job.kind: job for job in said.jobs}
        self.searches += said.searches
        self.health_checks += [(plugin.name, check) for check in said.health_checks]
        self.demos += [(plugin.name, demo) for demo in said.demos]

    def connect(self, plugin: Plugin, owners: dict[str, Plugin]) -> None:
        """Put what a plugin gives to others where it belongs; what has no running owner lies idle."""
        for filling in plugin.declared.fillings:
            if filling.slot in self.slots:
                self.slots[filling.slot].append(filling)
        for gift in plugin.declared.contributions:
            owner = owners.get(gift.point.partition(".")[0])
            if owner is not None:
                self.points[gift.point].append(owner.declared.points[gift.point](gift.function, **gift.brought))

    def max_body(self, endpoint: str | None) -> int:
        """The most bytes that a request to this endpoint may carry."""
        route = self.routes.get(endpoint or "")
        return route.max_body if route else DEFAULT_MAX_BODY

    def running(self, name: str) -> bool:
        state = self.states.get(name)
        return state is not None and state.state == "running"


def site_of(app: Flask) -> Site:
    return cast(Site, app.extensions["musicapp"])


def current_site() -> Site:
    """The site that answers this request, job or command."""
    return site_of(current_app)
