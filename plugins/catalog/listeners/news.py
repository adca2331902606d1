"""What music tells chats: releases as they become public, and what a day brought."""

from datetime import datetime

from musicapp.addresses import url_of
from musicapp.blocks import Block, Line, Ranking, Tiles
from musicapp.spans import Span
from plugins.catalog import plugin
from plugins.catalog.services.heard_most import heard_most
from plugins.catalog.services.newly_public import released_between, released_on

SHOWN = 5
NEW, HEARD = "New music", "Heard most"


@plugin.contributes(
    "reports.news", name="catalog.releases", title="New releases", words="Each album and song as it becomes public."
)
def releases(since: datetime, until: datetime) -> list[tuple[str, str, str, str]]:
    """Albums and songs that everybody may hear since then."""
    return [
        (release.key, f"{release.artist_name} published “{release.title}”.", release.url, release.picture_url)
        for release in released_between(since, until)
    ]


@plugin.contributes("reports.section", name="catalog.new_music", audience="digest", heading=NEW, order=10)
def new_music(_person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """What came out on these days."""
    found = released_on(span.first, span.last)
    lines = [Line(release.title, release.artist_name, release.url) for release in found[:SHOWN]]
    more = [Line(f"and {len(found) - SHOWN:,} more")] if len(found) > SHOWN else []
    return [Tiles(NEW, [*lines, *more])] if lines else []


@plugin.contributes("reports.section", name="catalog.heard_most", audience="digest", heading=HEARD, order=20)
def most_heard(_person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """What was heard most on these days."""
    lines = [
        Line(song.title, song.artist_name, url_of("catalog.song", song_id=song.id), value=song.plays)
        for song in heard_most(span, SHOWN)
    ]
    return [Ranking(HEARD, lines, counts="plays")] if lines else []
