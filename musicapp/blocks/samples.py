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
PLAYS = [193, 197, 221, 226, 268, 296, 264, 205, 211, 227, 236, 283, 330, 289, 234, 223, 240, 297, 401, 520, 429, 268]
PLAYS_BEFORE = [
    189,
    176,
    210,
    205,
    254,
    291,
    249,
    199,
    177,
    211,
    216,
    244,
    301,
    287,
    193,
    187,
    224,
    246,
    268,
    309,
    297,
    196,
]
MINUTES = [
    40,
    35,
    0,
    30,
    90,
    85,
    25,
    0,
    0,
    0,
    170,
    80,
    95,
    40,
    0,
    45,
    100,
    192,
    90,
    35,
    30,
    42,
    0,
    175,
    38,
    41,
    0,
    33,
    28,
    44,
    36,
]


def sample_document() -> list[Section]:
    days = [FIRST + timedelta(days=place) for place in range(len(PLAYS))]
    labels = [f"{day.day} {day:%b}" for day in days]
    return [
        Section(
            "",
            [
                Headline(
                    Figure("Heard in October", 31 * 60 * A_MINUTE_MS + 20 * A_MINUTE_MS, 26 * 60 * A_MINUTE_MS, "ms"),
                    "of music from 48 artists. Nineteen of them were new to you.",
                )
            ],
        ),
        Section(
            "In numbers",
            [
                Figures(
                    [
                        Figure("Plays", 8412, 7129),
                        Figure("Listeners", 1037, 951),
                        Figure("Saves", 214, 223),
                        Figure("Average rating", 4.6, None, "stars", "from 88"),
                    ]
                )
            ],
        ),
        Section(
            "When you listened",
            [
                Calendar(
                    "When you listened",
                    FIRST,
                    [minutes * A_MINUTE_MS for minutes in MINUTES],
                    "ms",
                    "Each square is a day. Your longest: Sunday the 18th, 3 h 12 min.",
                )
            ],
        ),
        Section("", [Series("Plays a day", labels, list(PLAYS), list(PLAYS_BEFORE), callout="Salt Almanac came out")]),
        Section(
            "",
            [
                Feature(
                    "Album of your month",
                    Line("Salt Almanac", "Nils Hollar", "/albums/1"),
                    "14 times, and twice straight through without a skip.",
                    "13",
                )
            ],
        ),
        Section(
            "Songs you came back to",
            [
                Ranking(
                    "Songs you came back to",
                    [
                        Line("Tide Table, 1931", "Nils Hollar", "/songs/1", value=22, before=3),
                        Line("What the Ropes Know", "Nils Hollar", "/songs/2", value=19, before=21),
                        Line("Lull", "Nils Hollar", "/songs/3", value=15),
                        Line("Bell Four, Cracked", "Ada Quist", "/songs/4", value=11, before=11),
                    ],
                    "times",
                )
            ],
        ),
        Section(
            "Found through",
            [
                Shares(
                    "Found through",
                    [
                        Line("Playlists by others", value=3449),
                        Line("Album and artist pages", value=2271),
                        Line("Search", value=1430),
                        Line("Home and mixes", value=925),
                        Line("Outside links", value=337),
                    ],
                    "plays",
                )
            ],
        ),
        Section(
            "New to you",
            [
                Tiles(
                    "New to you",
                    [
                        Line("Salt Almanac", "Nils Hollar", "/albums/1"),
                        Line("Sunday Engines", "Tomasz Wren", "/albums/2"),
                        Line("Neap", "Ada Quist", "/albums/3"),
                    ],
                )
            ],
        ),
        Section(
            "And the community",
            [Words("214 people listened for 2,906 hours. Eleven albums came out.", "/", "See what is new")],
        ),
    ]
