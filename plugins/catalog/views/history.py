"""A listener's history: the songs they heard, every play by day, and ways to take plays out of it again."""

from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug import Response

from musicapp.clock import now
from musicapp.errors import NotFound
from musicapp.pages import day as in_words
from musicapp.pages import local
from plugins.catalog import plugin
from plugins.catalog.links import song_links
from plugins.catalog.services import history as past
from plugins.catalog.services.history import Forgotten
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url, person_here

UNDO = "catalog_history_undo"
UNDO_S = 600
LONGEST_SEARCH = 200
SOURCES = {
    "album": "album",
    "artist": "artist’s page",
    "favourites": "favourites",
    "genre": "genre",
    "home": "home page",
    "library": "library",
    "mix": "mix",
    "new": "new music",
    "playlist": "playlist",
    "popular": "popular music",
    "queue": "queue",
    "radio": "radio",
    "random": "random music",
    "recent": "history",
    "search": "search",
    "similar": "similar songs",
    "song": "song’s page",
    "songs": "all songs",
    "year": "year",
}


@plugin.get("/recent", permission="member")
def recent() -> str:
    """The songs that the listener heard, each once, the latest first."""
    page = past.recently_heard(person_here(), limit=ROWS, cursor=cursor_asked())
    songs = [play.song for play in page.rows]
    return render_template("catalog/recent.html", songs=songs, links=song_links(songs), more=next_url(page))


@plugin.get("/history", permission="member")
def history() -> str:
    """Every play by day, or those of songs that are looked for."""
    person, text, cursor = person_here(), text_asked(), cursor_asked()
    page = past.recently_played(person, text=text, limit=ROWS, cursor=cursor)
    links = song_links(play.song for play in page.rows)
    by_day = groupby(zip(page.rows, links, strict=True), key=lambda pair: pair[0].day)
    return render_template(
        "catalog/history.html",
        days=[(day, called(day), list(pairs)) for day, pairs in by_day],
        text=text,
        sources=SOURCES,
        here=place_asked(),
        undo=undo_offered(),
        keeps=past.keeps_history(person),
        more=next_url(page, **({"q": text} if text else {})),
    )


@plugin.post("/history/plays/<long:play_id>/forget", permission="member")
def forget_play(play_id: int) -> Response:
    """Take one play out of the history, with a way back."""
    offer_undo(past.forget_play(person_here(), play_id), "The play has left your history.")
    return back_to_history()


@plugin.post("/history/days/<day>/forget", permission="member")
def forget_day(day: str) -> Response:
    """Take the plays of a day out of the history, with a way back."""
    try:
        forgotten = past.forget_day(person_here(), date.fromisoformat(day))
    except ValueError:
        raise NotFound("There is no such day.") from None
    if forgotten.count:  # who presses twice can still undo the first time
        offer_undo(forgotten, f"{plays_in_words(forgotten.count)} left your history.")
    return back_to_history()


@plugin.post("/history/forget", permission="member")
def forget_history() -> Response:
    """Take everything out of the history."""
    flash(f"{plays_in_words(past.forget_all(person_here()))} left your history.", "success")
    session.pop(UNDO, None)
    return redirect(url_for(".history"), 303)


@plugin.post("/history/undo", permission="member")
def bring_back_plays() -> Response:
    """Put back into the history what left it a moment ago."""
    offered = undo_offered()
    session.pop(UNDO, None)
    if offered is None:
        flash("It is too late to bring this back.", "error")
        return back_to_history()
    day = date.fromisoformat(offered["day"]) if offered["day"] else None
    forgotten = Forgotten(offered["count"], offered["keys"], day, offered["play_id"])
    back = past.bring_back(person_here(), forgotten)
    flash(f"{plays_in_words(back)} come back to your history.", "success")
    return back_to_history()


@plugin.post("/history/keeping", permission="member")
def keep_history() -> Response:
    """Keep what is heard from now on, or no longer."""
    keeps = request.form.get("keeps") == "1"
    past.change_keeping(person_here(), keeps)
    flash("What you hear is kept in your history again." if keeps else "What you hear is no longer kept.", "success")
    return back_to_history()


def called(day: date) -> str:
    """A day as people say it: today, yesterday, or its date."""
    ago = (local(now()).date() - day).days
    return {0: "Today", 1: "Yesterday"}.get(ago) or in_words(day)


def offer_undo(forgotten: Forgotten, words: str) -> None:
    """Let the history say for some minutes what left it, with a way back; only this browser holds what leads there."""
    day = forgotten.day.isoformat() if forgotten.day else None
    until = int(now().timestamp()) + UNDO_S
    session[UNDO] = {**asdict(forgotten), "day": day, "words": words, "until": until, "person": person_here().id}


def undo_offered() -> dict[str, Any] | None:
    """What left the history of this person a moment ago."""
    offered: dict[str, Any] | None = session.get(UNDO)
    if offered is None or offered["until"] < now().timestamp() or offered["person"] != person_here().id:
        return None
    return offered


def text_asked() -> str:
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def place_asked() -> dict[str, Any]:
    """What is looked for and how far the reader has come, as an address says it."""
    said = {"q": text_asked(), "cursor": cursor_asked() or ""}
    return {name: value for name, value in said.items() if value}


def back_to_history() -> Response:
    return redirect(url_for(".history", **place_asked()), 303)


def plays_in_words(count: int) -> str:
    """The beginning of a sentence about so many plays."""
    return "One play has" if count == 1 else f"{count:,} plays have"
