"""The month of the site's music as blocks, for who runs it."""

from datetime import timedelta

from musicapp.blocks import Block, Figure, Figures, Ranking, Series
from musicapp.blocks.numbers import in_words
from musicapp.spans import Span
from plugins.catalog.services.months.saying import song_line
from plugins.catalog.services.months.site import SiteMonth


def site_blocks(month: SiteMonth, span: Span) -> list[Block]:
    """What was heard and uploaded, plays by day, and the songs that were played most."""
    now, before = month.now, month.before
    days = [span.first + timedelta(days=place) for place in range(len(month.plays))]
    labels = [f"{day.day} {day:%b}" for day in days]
    blocks: list[Block] = [
        Figures(
            [
                Figure("Plays", now.plays, before.plays),
                Figure("Heard", now.heard_ms, before.heard_ms, "ms"),
                Figure("Listeners", now.listeners, before.listeners),
                Figure("Songs uploaded", now.uploads, before.uploads),
                Figure(
                    "Storage", month.stored_bytes, None, "bytes", f"{in_words(month.new_bytes, 'bytes')} are new", ""
                ),
            ]
        ),
        Series("Plays a day", labels, list(month.plays), list(month.plays_before)),
    ]
    if month.songs:
        blocks.append(Ranking("Most played", list(map(song_line, month.songs)), "plays"))
    return blocks
