"""The menus of the site: what plugins put there, for who asks, and what waits behind each entry."""

from dataclasses import dataclass

from flask import g, request, url_for

from musicapp.plugins.declared import NavEntry
from musicapp.plugins.site import current_site
from musicapp.plugins.slots import contained
from musicapp.security import may

LAST_GROUP = "System"  # what names no group stands here too


@dataclass(frozen=True)
class MenuEntry:
    """An entry of a menu as a template shows it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0

    def holds(self, within: str) -> bool:
        """Whether the present page is this one, or belongs to that at the address `within`."""
        return self.current or self.url == within


@dataclass(frozen=True)
class MenuGroup:
    """Entries that belong together: shown as one, which leads to the first of them and counts what waits behind all."""

    label: str
    entries: list[MenuEntry]

    @property
    def url(self) -> str:
        return self.entries[0].url

    @property
    def icon(self) -> str:
        return self.entries[0].icon

    @property
    def current(self) -> bool:
        return self.entries[0].current

    @property
    def count(self) -> int:
        return sum(entry.count for entry in self.entries)

    def holds(self, within: str) -> bool:
        """Whether the present page is one of these, or belongs to one of them."""
        return any(entry.holds(within) for entry in self.entries)


def nav_entries(place: str = "main") -> list[MenuEntry]:
    """The entries of one menu that who asks may open."""
    return [shown(entry) for entry in allowed(place)]


def nav_groups(place: str) -> list[MenuGroup]:
    """The same by their groups, in the order in which plugins named them; what belongs to the system itself is last."""
    groups: dict[str, list[MenuEntry]] = {}
    for entry in allowed(place):
        groups.setdefault(entry.group or LAST_GROUP, []).append(shown(entry))
    return [MenuGroup(name, groups[name]) for name in sorted(groups, key=lambda name: name == LAST_GROUP)]


def allowed(place: str) -> list[NavEntry]:
    return [entry for entry in current_site().nav if entry.place == place and may(entry.permission)]


def shown(entry: NavEntry) -> MenuEntry:
    return MenuEntry(
        entry.label, url_for(entry.endpoint), entry.icon, request.endpoint == entry.endpoint, waiting(entry)
    )


def waiting(entry: NavEntry) -> int:
    """How much waits behind an entry; asked once in a request, since a page may show a menu twice."""
    if entry.count is None:
        return 0
    known: dict[str, int] = g.setdefault("waiting", {})
    if entry.endpoint not in known:
        known[entry.endpoint] = contained(entry.endpoint, "the menu", entry.count) or 0
    return known[entry.endpoint]
