"""The moments that comments speak of, as marks below a waveform: so far apart that each can be pressed."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.catalog.services.comments import Moment

MOST = 32
LONGEST = 120


@dataclass(frozen=True)
class Mark:
    """One mark: where it stands in percent of the song, and what it says of the first comment that it stands for."""

    comment_id: int
    at_s: float
    percent: float
    words: str
    others: int


def marks(moments: Sequence[Moment], duration_s: float | None) -> list[Mark]:
    """At most 32 marks along a song; comments of nearly the same moment share one."""
    if not duration_s:
        return []
    places: dict[int, list[Moment]] = {}
    for moment in moments:
        places.setdefault(min(int(moment.at_s / duration_s * MOST), MOST - 1), []).append(moment)
    return [
        Mark(near[0].comment_id, near[0].at_s, (place + 0.5) * 100 / MOST, shortened(near[0].text), len(near) - 1)
        for place, near in sorted(places.items())
    ]


def shortened(text: str) -> str:
    """The beginning of a text as one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
