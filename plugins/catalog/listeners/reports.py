"""What music says in monthly reports: to each listener, about their year, and to who runs the site."""

from collections.abc import Callable
from functools import partial

from musicapp.blocks import Block
from musicapp.spans import Readers, Span
from plugins.catalog import plugin
from plugins.catalog.listeners.sections import contribute
from plugins.catalog.services import months
from plugins.catalog.services.months import Listening, saying

Blocks = dict[tuple[int, int], list[Block]]
Say = Callable[[Listening, Span], list[Block]]


@plugin.contributes("reports.audience", name="listener", title="Listeners", words="What somebody heard in a month.")
def listeners(span: Span, after: tuple[int, int], limit: int) -> list[tuple[int, int, str]]:
    """Who heard something in this month or the one before, and whose history is kept."""
    person_id, subject_id = after
    begin = person_id if subject_id >= 0 else person_id - 1
    return [(listener_id, 0, "") for listener_id in months.listeners_between(span, begin, limit)]


def tell(audience: str, order: int, name: str, heading: str, say: Say) -> None:
    """Contribute a part of a listener's report; what all parts are made of is read once for many listeners."""

    def for_many(readers: Readers) -> Blocks:
        ids = [person_id for person_id, _ in readers.pairs]
        heard = readers.once("catalog.listening", lambda: months.listening_of(ids, readers.span))
        return {pair: say(heard[pair[0]], readers.span) for pair in readers.pairs}

    contribute(audience, order, f"{audience}.{name}", heading, for_many)


def tell_most(audience: str, of_songs: str, of_artists: str) -> None:
    """Contribute what was heard most, under these headings."""
    tell(audience, 40, "songs", of_songs, partial(saying.songs, title=of_songs))
    tell(audience, 50, "artists", of_artists, partial(saying.artists, title=of_artists))


def year_headline(heard: Listening, span: Span) -> list[Block]:
    """How long they heard music in a year."""
    return saying.headline(heard, span, when=str(span.last.year))


tell("listener", 10, "headline", "", saying.headline)
tell("listener", 20, "calendar", "When you listened", saying.calendar)
tell("listener", 30, "album", "", saying.album)
tell_most("listener", "Songs you came back to", "Artists you heard most")
tell("listener", 60, "discoveries", "New to you, or long not heard", saying.discoveries)
tell("listener", 70, "compared", "Beside the month before", saying.compared)

tell("year", 10, "headline", "Your year", year_headline)
tell("year", 20, "months", "Month by month", saying.through_the_year)
tell("year", 30, "album", "", partial(saying.album, of="year"))
tell_most("year", "Your songs of the year", "Your artists of the year")


def tell_all(audience: str, order: int, name: str, heading: str, say: Callable[[Span], list[Block]]) -> None:
    """Contribute a part that says the same to every reader of an audience, and so is asked for once."""

    def for_many(readers: Readers) -> Blocks:
        blocks = readers.once_for_all(f"catalog.{name}", lambda: say(readers.span))
        return dict.fromkeys(readers.pairs, blocks)

    contribute(audience, order, f"{audience}.{name}", heading, for_many)


def community(span: Span) -> list[Block]:
    """What all listeners together did."""
    return saying.community(months.community_of(span))


def music_of_site(span: Span) -> list[Block]:
    """What was heard and uploaded on the site."""
    return months.site_blocks(months.site_month(span), span)


tell_all("listener", 90, "community", "And the community", community)
tell_all("admin", 20, "music", "Music", music_of_site)
