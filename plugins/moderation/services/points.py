"""What plugins contribute to moderation. They need nothing of this plugin: evidence is the site's."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from musicapp.evidence import Evidence

Verb = Callable[[int], None]


@dataclass
class Subject:
    """A kind of thing that can be reported: `(subject_id)` answers the evidence, None where it is gone for good.

    `name` is the kind, as `song`; `word` what it is called in a sentence. `seen_by` says whether somebody (None: a
    visitor) may know of it and so report it. The verbs are called inside `writing()` when a decision wants them, and
    undo each other; a kind leaves out what it does not know: `hide` keeps it from all but its owner and the staff,
    `remove` from all but the staff, `label` marks it explicit. Each may be called again for what is so already.

    `reach` answers for up to 100 things at once how many people each reached, as their evidence says it; the queue asks
    every hour. Where it is left out, cases weigh as at their last report.
    """

    call: Callable[[int], Evidence | None]
    name: str
    word: str
    seen_by: Callable[[Any, int], bool]
    hide: Verb | None = None
    show: Verb | None = None
    remove: Verb | None = None
    bring_back: Verb | None = None
    label: Verb | None = None
    unlabel: Verb | None = None
    reach: Callable[[Collection[int]], Mapping[int, int]] | None = None
