"""The ways on which listeners come to music, in the words that its artist reads."""

OTHER = "other"
WAYS = {
    "album": "Album pages",
    "artist": "Your artist’s page",
    "favourites": "Favourites",
    "genre": "Genres",
    "home": "Home page",
    "library": "Libraries",
    "mix": "Mixes",
    "new": "New music",
    "playlist": "Playlists",
    "popular": "Popular music",
    "queue": "Queues",
    "radio": "Radio",
    "random": "Random music",
    "recent": "Histories",
    "search": "Search",
    "similar": "Similar songs",
    "song": "Song pages",
    "songs": "All songs",
    "year": "Years",
    OTHER: "Elsewhere",
}


def way_of(source: str) -> str:
    """The way that a player names, or `other` for one that is not known here."""
    return source if source in WAYS else OTHER
