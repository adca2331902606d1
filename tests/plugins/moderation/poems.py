"""A third party's plugin for tests: poems can be reported, hidden and removed, and riddles can only be reported."""

from dataclasses import dataclass, field

from flask import current_app

from musicapp import Plugin
from musicapp.errors import Conflict
from musicapp.evidence import Evidence

plugin = Plugin("poems", __name__)
SECRET = 31
GONE = 404


@dataclass
class Poem:
    """A poem, and what was done to it; `stubborn` lets its verbs fail."""

    owner_ids: frozenset[int] = frozenset()
    marks: set[str] = field(default_factory=set)
    reach: int = 0
    words: str = "Roses are red."
    stubborn: bool = False
    done: list[str] = field(default_factory=list)


def poem(poem_id: int) -> Poem:
    """The poem with this number; there is one for each, in memory."""
    return current_app.extensions.setdefault("poems", {}).setdefault(poem_id, Poem())


def verb(mark: str, name: str, *, sets: bool):
    """A verb that sets or takes a mark."""

    def act(poem_id: int) -> None:
        one = poem(poem_id)
        one.done.append(name)
        (one.marks.add if sets else one.marks.discard)(mark)
        if one.stubborn:
            raise Conflict("The ink is still wet.")

    return act


def evidence(poem_id: int) -> Evidence | None:
    """A poem as it is now; one number stands for what is gone for good."""
    if poem_id == GONE or "gone" in poem(poem_id).marks:
        return None
    one = poem(poem_id)
    state = "removed" if "removed" in one.marks else "hidden" if "hidden" in one.marks else "shown"
    return Evidence(
        title=f"Poem {poem_id}",
        url=f"/poems/{poem_id}",
        by="A poet",
        owner_ids=one.owner_ids,
        words=one.words,
        facts={"verses": 4},
        state=state,
        labelled="explicit" in one.marks,
        reach=one.reach,
    )


plugin.contributes(
    "moderation.subject",
    name="poem",
    word="poem",
    seen_by=lambda person, poem_id: poem_id != SECRET,
    hide=verb("hidden", "hide", sets=True),
    show=verb("hidden", "show", sets=False),
    remove=verb("removed", "remove", sets=True),
    bring_back=verb("removed", "bring_back", sets=False),
    label=verb("explicit", "label", sets=True),
    unlabel=verb("explicit", "unlabel", sets=False),
    reach=lambda poem_ids: {poem_id: poem(poem_id).reach for poem_id in poem_ids if poem_id != GONE},
)(evidence)

plugin.contributes("moderation.subject", name="riddle", word="riddle", seen_by=lambda person, riddle_id: True)(
    lambda riddle_id: Evidence(title=f"Riddle {riddle_id}", url="/riddles")
)
