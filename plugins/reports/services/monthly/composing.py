"""Composing reports for some readers: every contribution's part, each contained, so that one costs only itself."""

import logging
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from musicapp.blocks import Block, Section, as_json, from_json
from musicapp.database import session
from musicapp.plugins.slots import contributions
from musicapp.spans import Readers
from plugins.reports.services.monthly.audiences import Pair
from plugins.reports.services.points import ReportSection

log = logging.getLogger(__name__)

Document = list[dict[str, Any]]
LONGEST_ERROR = 500


@dataclass
class Failures:
    """What raised while reports were composed: for which readers, and what each contribution said last."""

    readers: dict[str, set[Pair]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    logged: set[str] = field(default_factory=set)

    def note(self, contribution: str, pairs: Sequence[Pair], error: Exception) -> None:
        """Keep what a contribution raised; the log has the whole traceback once in a run."""
        if contribution not in self.logged:
            log.error("%s failed in its part of the monthly report.", contribution, exc_info=error)
            self.logged.add(contribution)
        self.readers.setdefault(contribution, set()).update(pairs)
        self.words[contribution] = "".join(traceback.format_exception_only(error)).strip()[:LONGEST_ERROR]

    def counts(self) -> Counter[str]:
        """In how many reports each contribution is missing."""
        return Counter({name: len(pairs) for name, pairs in self.readers.items()})

    def concerned(self) -> set[Pair]:
        """Whose report lacks something."""
        return set().union(*self.readers.values())

    def forget(self) -> None:
        """Begin anew, after what was kept is written down."""
        self.readers.clear()


def parts_for(audience: str) -> list[ReportSection]:
    """What plugins contribute to reports of an audience, in its order."""
    parts: list[ReportSection] = contributions("reports.section")
    return sorted((part for part in parts if part.audience == audience), key=lambda part: (part.order, part.name))


def compose(audience: str, readers: Readers, failures: Failures) -> dict[Pair, Document]:
    """The documents of some readers, by reader; what raises is left out and noted."""
    documents: dict[Pair, Document] = {pair: [] for pair in readers.pairs}
    for part in parts_for(audience):
        for pair, section in sections_of(part, readers, failures).items():
            documents[pair].append(section)
    return documents


def sections_of(part: ReportSection, readers: Readers, failures: Failures) -> dict[Pair, dict[str, Any]]:
    """One contribution's part for each of these readers; who fails it when asked together is asked alone."""
    try:
        if part.for_many is not None:
            return written(part, part.for_many(readers), readers)
    except Exception as error:
        session().rollback()
        if len(readers.pairs) == 1:
            failures.note(part.name, readers.pairs, error)
            return {}
        log.warning("%s failed for many readers at once; each is asked for alone.", part.name)
    found: dict[Pair, dict[str, Any]] = {}
    for pair in readers.pairs:
        try:
            found |= written(part, {pair: part.call(*pair, readers.span)}, readers)
        except Exception as error:
            session().rollback()
            failures.note(part.name, [pair], error)
    return found


def written(part: ReportSection, blocks: Mapping[Pair, Sequence[Block]], readers: Readers) -> dict[Pair, Any]:
    """The sections as they are kept, where there is something to say; raises for blocks that nobody could show."""
    sections = {
        pair: as_json([Section(part.heading, list(blocks[pair]))]) for pair in readers.pairs if blocks.get(pair)
    }
    for section in sections.values():
        from_json(section)
    return {pair: section[0] for pair, section in sections.items()}
