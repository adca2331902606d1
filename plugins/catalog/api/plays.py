"""What was heard: reports from players, the listener's own list of it, and whether one is kept."""

from datetime import date

from flask import Response
from pydantic import Field, model_validator

from musicapp.api import Body, PageQuery, Query, answer, listing
from musicapp.extensions import limiter
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import PlaysBody, person_who_asks
from plugins.catalog.api.marking import put_marks
from plugins.catalog.api.shapes import Shape, song_shape
from plugins.catalog.ears import current_ear
from plugins.catalog.services import history


class HistoryQuery(PageQuery):
    """Which plays of one's own."""

    q: str = Field("", max_length=200, description="Words of titles or artists, as far as they are written.")
    day: date | None = Field(None, description="Only those of this day of the site's clock, such as 2026-11-22.")


class ForgettingQuery(Query):
    """Which plays are to leave the history: those of a day, or all."""

    day: date | None = Field(None, description="A day of the site's clock, such as 2026-11-22.")
    all: bool = Field(False, description="`true`: everything.")

    @model_validator(mode="after")
    def one_of_both(self) -> "ForgettingQuery":
        if (self.day is None) is not self.all:
            raise ValueError("Say either which day, or all=true.")
        return self


class ListeningBody(Body):
    """What becomes of what one hears."""

    keeps_history: bool = Field(description="`false`: from now on it counts for the music, and is not kept for you.")


@plugin.api.post("/plays", permission="listen", body=PlaysBody)
@limiter.limit("120 per minute", exempt_when=lambda: signed_in() is not None)
def report_plays(body: PlaysBody) -> Response:
    """What was heard since the last report; the same report twice is one."""
    heard = [services.Heard(**play.model_dump()) for play in body.plays]
    kept = services.record_plays(current_ear(), heard)
    return answer({"kept": kept.plays, "counted": kept.counted})


@plugin.api.get("/plays", permission="member", query=HistoryQuery)
def my_plays(query: HistoryQuery) -> Response:
    """What the listener heard, the latest first."""
    page = history.recently_played(
        person_who_asks(), text=query.q, day=query.day, limit=query.limit, cursor=query.cursor
    )
    return plays_listing(page)


@plugin.api.get("/plays/recent", permission="member", query=PageQuery)
def my_recent_songs(query: PageQuery) -> Response:
    """The songs that the listener heard, each once with its latest play."""
    return plays_listing(history.recently_heard(person_who_asks(), limit=query.limit, cursor=query.cursor))


@plugin.api.delete("/plays/<long:play_id>", permission="member")
def forget_play(play_id: int) -> Response:
    """Take one play out of the listener's history; the music keeps its counts."""
    forgotten = history.forget_play(person_who_asks(), play_id)
    return answer({"forgotten": forgotten.count}, "The play has left your history.")


@plugin.api.delete("/plays", permission="member", query=ForgettingQuery)
def forget_plays(query: ForgettingQuery) -> Response:
    """Take the plays of a day, or all, out of the listener's history; the music keeps its counts."""
    person = person_who_asks()
    count = history.forget_day(person, query.day).count if query.day else history.forget_all(person)
    return answer(
        {"forgotten": count},
        "One play has left your history." if count == 1 else f"{count:,} plays have left your history.",
    )


@plugin.api.get("/listening", permission="member")
def listening() -> Response:
    """Whether the listener's history is kept."""
    return answer({"keeps_history": history.keeps_history(person_who_asks())})


@plugin.api.patch("/listening", permission="member", body=ListeningBody)
def change_listening(body: ListeningBody) -> Response:
    """Keep the listener's history from now on, or no longer; what is in it stays."""
    history.change_keeping(person_who_asks(), body.keeps_history)
    words = "Your history is kept." if body.keeps_history else "What you hear is no longer kept for you."
    return answer({"keeps_history": body.keeps_history}, words)


def plays_listing(page: Page[services.PastPlay]) -> Response:
    shapes = [play_shape(play) for play in page.rows]
    put_marks([shape["song"] for shape in shapes])
    return listing(Page(shapes, page.next))


def play_shape(play: services.PastPlay) -> Shape:
    return {
        "id": play.id,
        "song": song_shape(play.song),
        "started_at": play.started_at.isoformat(),
        "day": play.day.isoformat(),
        "heard_ms": play.heard_ms,
        "completed": play.completed,
        "source": play.source,
    }
