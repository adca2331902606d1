"""That somebody said they may publish music: in which words, who and when. It is asked once for each song.

Who changes the words adds a version and never changes an earlier one, since songs keep by its number what was said.
"""

from typing import Any

from musicapp.clock import now
from plugins.catalog.services.persons import Person

WORDS = {1: "I made this music or may publish it, under the licence that stands with it"}
LATEST = max(WORDS)
ASKED = WORDS[LATEST]


def attested_by(person: Person) -> dict[str, Any]:
    """The columns of a song that keep that somebody says the words now."""
    return {"rights_confirmed_at": now(), "rights_confirmed_by": person.id, "rights_words": LATEST}
