"""What rules choose, for the page on which they are written: the first songs, how many, and the rules in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from musicapp.errors import Invalid
from plugins.catalog import services as catalog
from plugins.catalog.services import Person, SongRow
from plugins.playlists.views.rules.drafts import Draft

SHOWN = 6


@dataclass(frozen=True)
class Outcome:
    """What rules choose now; `is_known` is False where they cannot be read yet."""

    is_known: bool
    words: str = ""
    songs: Sequence[SongRow] = ()
    count: int = 0
    duration_s: float = 0.0


def outcome_of(person: Person, draft: Draft, playlist_id: int) -> Outcome:
    """What the finished lines of a draft choose; what is wrong in them stands beside them."""
    try:
        rules = catalog.read_rules(draft.written(finished_only=True))
    except Invalid as refused:
        draft.refuse(refused.errors)
        return Outcome(False)
    count, duration_s = catalog.count_by_rules(person, rules, owner_id=person.id, seed=playlist_id)
    page = catalog.songs_by_rules(person, rules, owner_id=person.id, seed=playlist_id, limit=SHOWN)
    return Outcome(True, catalog.rules_in_words(rules), page.rows, count, duration_s)
