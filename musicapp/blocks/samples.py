"""One document that holds every block, for the page of all parts and for whoever tries out how documents look."""

from datetime import date, timedelta

from musicapp.blocks.shapes import (
    Calendar,
    Feature,
    Figure,
    Figures,
    Headline,
    Line,
    Ranking,
    Section,
    Series,
    Shares,
    Tiles,
    Words,
)

FIRST = date(2026, 10, 1)
A_MINUTE_MS = 60_000
MINUTES = "40 35 0 30 90 85 25 0 0 0 170 80 95 40 0 45 100 192 90 35 30 42 0 175 38 41 0 33 28 44 36"
PLAYS = "193 197 221 226 268 296 264 205 211 227 236 283 330 289 234 223 240 297 401 520 429 268"
PLAYS_BEFORE = "189 176 210 205 254 291 249 199 177 211 216 244 301 287 193 187 224 246 268 309 297 196"
FOUND_THROUGH = {
    "Playlists by others": 3449,
    "Album and artist pages": 2271,
    "Search": 1430,
    "Home and mixes": 925,
    "Outside links": 337,
}


def sample_document() -> list[Section]:
    return [*of_numbers(), *of_pictures(), *of_things()]


def values(text: str, times: int = 1) -> list[float]:
    return [float(number) * times for number in text.split()]


def of_numbers() -> list[Section]:
    heard = Figure("Heard in October", 1880 * A_MINUTE_MS, 1560 * A_MINUTE_MS, "ms")
    figures = [
        Figure("Plays", 8412, 7129),
        Figure("Listeners", 1037, 951),
        Figure("Saves", 214, 223),
        Figure("Average rating", 4.6, None, "stars", "from 88"),
    ]
    return [
        Section("", [Headline(heard, "of music from 48 artists. Nineteen of them were new to you.")]),
        Section("In numbers", [Figures(figures)]),
    ]


def of_pictures() -> list[Section]:
    title, longest = "When you listened", "Each square is a day. Your longest: Sunday the 18th, 3 h 12 min."
    plays = values(PLAYS)
    days = [FIRST + timedelta(days=place) for place in range(len(plays))]
    labels = [f"{day.day} {day:%b}" for day in days]
    a_year = (values(MINUTES, A_MINUTE_MS) * 12)[:365]
    return [
        Section(title, [Calendar(title, FIRST, values(MINUTES, A_MINUTE_MS), "ms", longest)]),
        Section("", [Series("Plays a day", labels, plays, values(PLAYS_BEFORE), callout="Salt Almanac came out")]),
        Section("Your year", [Calendar("Your year", date(2026, 1, 1), a_year, "ms")]),
    ]


def of_things() -> list[Section]:
    album = Line("Salt Almanac", "Nils Hollar", "/albums/1")
    songs = [
        Line("Tide Table, 1931", "Nils Hollar", "/songs/1", value=22, before=3),
        Line("What the Ropes Know", "Nils Hollar", "/songs/2", value=19, before=21),
        Line("Lull", "Nils Hollar", "/songs/3", value=15),
        Line("Bell Four, Cracked", "Ada Quist", "/songs/4", value=11, before=11),
    ]
    albums = [album, Line("Sunday Engines", "Tomasz Wren", "/albums/2"), Line("Neap", "Ada Quist", "/albums/3")]
    sources = [Line(title, value=count) for title, count in FOUND_THROUGH.items()]
    words = "14 times, and twice straight through without a skip."
    community = "214 people listened for 2,906 hours. Eleven albums came out."
    return [
        Section("", [Feature("Album of your month", album, words, "13")]),
        Section("Songs you came back to", [Ranking("Songs you came back to", songs, "times")]),
        Section("Found through", [Shares("Found through", sources, "plays")]),
        Section("New to you", [Tiles("New to you", albums)]),
        Section("And the community", [Words(community, "/", "See what is new")]),
    ]
