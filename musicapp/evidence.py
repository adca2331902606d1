"""What somebody looks at who has to judge a thing: a record that plugins give, whatever the thing is."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from musicapp.plugins.slots import contributions

Fact = str | int | float
State = Literal["shown", "hidden", "removed"]


@dataclass(frozen=True)
class SoundEvidence:
    """What can be heard of it: the address of its sound and of its waveform, and how long it is."""

    url: str
    peaks_url: str
    duration_s: float


@dataclass(frozen=True)
class Evidence:
    """One thing as it is now.

    `by` names whose it is, `owner_ids` are the people who are told of a decision and may appeal. `words` is the text of
    it: a comment's, or the description of what has one. `facts` are what else helps to judge, by their labels: texts
    and numbers. `state` is `hidden` where only its owner and the staff see it, `removed` where only the staff do.
    `labelled` says that it is marked explicit, `reach` how many people it reached.
    """

    title: str
    url: str
    by: str = ""
    by_url: str = ""
    owner_ids: frozenset[int] = frozenset()
    picture_url: str = ""
    tint: str = "grey"
    words: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sound: SoundEvidence | None = None
    state: State = "shown"
    labelled: bool = False
    reach: int = 0
    published_at: datetime | None = None

    def as_snapshot(self) -> dict[str, Any]:
        """What is kept of it as it was, as JSON; owners are kept beside it, since they may leave."""
        kept = asdict(self)
        kept.pop("owner_ids")
        kept["facts"] = dict(self.facts)
        kept["published_at"] = self.published_at.isoformat() if self.published_at else None
        return kept


@dataclass
class FactsAbout:
    """What a contribution to `site.fact` brings: `(thing_id)` answers what its plugin knows of a thing of the kind
    `about` that is another plugin's, by labels, as it is shown beside the evidence."""

    call: Callable[[int], Mapping[str, Fact]]
    name: str
    about: str


def facts_about(kind: str, thing_id: int) -> dict[str, Fact]:
    """What all plugins know of a thing of another one, for who has to judge it."""
    known: dict[str, Fact] = {}
    for one in contributions("site.fact"):
        if one.about == kind:
            known.update(one.call(thing_id))
    return known
