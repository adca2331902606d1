"""What was heard: reports from players, and the listener's own list of it."""

from flask import Response

from musicapp.api import PageQuery, answer, listing
from musicapp.extensions import limiter
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import PlaysBody, person_who_asks
from plugins.catalog.api.shapes import Shape, song_shape
from plugins.catalog.ears import current_ear


@plugin.api.post("/plays", permission="listen", body=PlaysBody)
@limiter.limit("120 per minute", exempt_when=lambda: signed_in() is not None)
def report_plays(body: PlaysBody) -> Response:
    """What was heard since the last report; the same report twice is one."""
    heard = [services.Heard(**play.model_dump()) for play in body.plays]
    kept = services.record_plays(current_ear(), heard)
    return answer({"kept": kept.plays, "counted": kept.counted})


@plugin.api.get("/plays", permission="member", query=PageQuery)
def my_plays(query: PageQuery) -> Response:
    """What the listener heard, the latest first."""
    page = services.recently_played(person_who_asks(), limit=query.limit, cursor=query.cursor)
    return listing(Page([play_shape(play) for play in page.rows], page.next))


def play_shape(play: services.PastPlay) -> Shape:
    return {
        "song": song_shape(play.song),
        "started_at": play.started_at.isoformat(),
        "heard_ms": play.heard_ms,
        "completed": play.completed,
        "source": play.source,
    }
