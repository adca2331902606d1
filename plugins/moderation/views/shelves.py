"""Which cases of the queue an address names: a shelf, a kind and a category."""

from dataclasses import dataclass

from flask import request

from plugins.moderation.services import Filters
from plugins.moderation.services.subjects import subjects
from plugins.moderation.services.words import CATEGORIES

SHELVES = {"open": "Open", "mine": "Mine", "appeals": "Appeals", "overdue": "Overdue", "closed": "Closed"}
EMPTY = {
    "open": ("Nothing waits", "What people report stands here, the heaviest first, until a moderator takes it."),
    "mine": ("You have taken no case", "A case that you take stands here, and others leave it alone."),
    "appeals": ("No appeal waits", "Where an owner disagrees with a decision, another moderator answers here."),
    "overdue": ("Nothing is overdue", "What waits longer than this site wants anybody to wait stands here."),
    "closed": ("Nothing is decided yet", "Cases that nobody waits for stand here, with what was decided."),
}


@dataclass(frozen=True)
class Wanted:
    """A shelf of the queue, and what narrows it; "" for all."""

    shelf: str
    kind: str
    category: str

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the shelf, as it stands in addresses."""
        return {name: value for name, value in (("kind", self.kind), ("category", self.category)) if value}

    @property
    def address(self) -> dict[str, str]:
        """All of it, as it stands in addresses: what everybody begins with is left out."""
        return {**({"of": self.shelf} if self.shelf != "open" else {}), **self.narrowing}

    def filters(self, person_id: int) -> Filters:
        """As the queue takes it, for somebody."""
        narrowed = {"kind": self.kind, "category": self.category}
        if self.shelf == "mine":
            return Filters(mine=person_id, **narrowed)
        if self.shelf == "overdue":
            return Filters(overdue=True, sort="waiting", **narrowed)
        if self.shelf == "closed":
            return Filters(state="done", sort="newest", **narrowed)
        return Filters(state="appealed" if self.shelf == "appeals" else "open", **narrowed)


def wanted_here() -> Wanted:
    """What the address asks for; what there is not is left out."""
    shelf, kind, category = (request.args.get(name, "") for name in ("of", "kind", "category"))
    return Wanted(
        shelf if shelf in SHELVES else "open",
        kind if kind in subjects() else "",
        category if category in CATEGORIES else "",
    )
