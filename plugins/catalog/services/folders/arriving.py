"""Files that were read and may come in: within the site's limits, in the store, and still as they were when read."""

from collections.abc import Iterator
from dataclasses import dataclass

from musicapp.storage import Taken, Taking, media_store
from plugins.catalog.media import Facts
from plugins.catalog.services.folders.looking import Look
from plugins.catalog.services.folders.naming import Named, named, readable_name, shared_albums
from plugins.catalog.services.folders.suspects import Read, Suspect
from plugins.catalog.services.limits import MB, limits

BEING_WRITTEN = "It is being written at this moment. The next look takes it."


@dataclass
class Arrival:
    """A file that lies in the store now, and where its song belongs; the ids are found when it is written down."""

    suspect: Suspect
    facts: Facts
    named: Named
    taken: Taken
    artist_id: int = 0
    album_id: int | None = None
    genre_id: int | None = None

    @property
    def file_name(self) -> str:
        return readable_name(self.suspect.file.path)

    @property
    def sound(self) -> tuple[int, str]:
        """What an artist has once."""
        return self.artist_id, self.facts.sha256


@dataclass(frozen=True)
class Refusal:
    """A file that does not come in as long as it is as it is."""

    suspect: Suspect
    problem: str


def sorted_out(reads: list[Read]) -> tuple[list[tuple[Suspect, Facts]], list[Refusal]]:
    """The files that the site takes, and those that it does not, with the reason."""
    good: list[tuple[Suspect, Facts]] = []
    refusals: list[Refusal] = []
    for read in reads:
        if isinstance(read.facts, str):
            refusals.append(Refusal(read.suspect, read.facts))
        elif problem := problem_with(read.facts):
            refusals.append(Refusal(read.suspect, problem))
        else:
            good.append((read.suspect, read.facts))
    return good, refusals


def problem_with(facts: Facts) -> str:
    """Why the site does not take music that can be read; empty when it does."""
    if facts.size_bytes > limits().upload_mb * MB:
        return f"It is larger than {limits().upload_mb} MB."
    minutes = (facts.length.duration_s or 0) / 60
    if minutes > limits().song_minutes:
        return f"It lasts {round(minutes)} minutes; the site takes songs of up to {limits().song_minutes}."
    return ""


def bring_in(look: Look, good: list[tuple[Suspect, Facts]], taking: Taking) -> Iterator[Arrival]:
    """Take files into the store, one by one; what changes under our hands waits for the next look."""
    names = [named(suspect.file.path, facts, look.wishes.artist) for suspect, facts in good]
    for (suspect, facts), name in zip(good, shared_albums(names), strict=True):
        path = suspect.file.path
        try:
            taken = taking.take(path)
        except OSError as error:
            look.count_noted("waiting", path, f"It cannot be had now: {error.strerror or error}.")
            continue
        if len({(one.size_bytes, one.mtime_ns) for one in (suspect.file, facts, taken)}) > 1:
            media_store().delete(taken.key)
            look.count_noted("waiting", path, BEING_WRITTEN)
            continue
        yield Arrival(suspect, facts, name, taken)
