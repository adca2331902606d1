"""Which changes of a row the index follows, on either database."""

from plugins.catalog.models.search_index.views import heat

COLUMNS = {
    "song": ("title_key", "artist_id", "album_id", "state", "published_at", "hidden_at", "deleted_at", "lyrics_key"),
    "album": ("title_key", "artist_id", "published_at", "hidden_at", "deleted_at"),
    "artist": ("name_key",),
}
# Whose names stand in the words of which other kinds, and in which column those point to them.
NAMED_IN = {"artist": ("song", "album"), "album": ("song",)}
NAME = {"song": "title_key", "album": "title_key", "artist": "name_key"}


def watched(kind: str) -> str:
    """The columns of a kind of rows after whose change the index is looked at."""
    return ", ".join((*COLUMNS[kind], "plays"))


def words_changed(kind: str, differs: str) -> str:
    """SQL for whether a change is one of words or of being listed; `differs` is the database's operator."""
    return " OR ".join(f"old.{column} {differs} new.{column}" for column in COLUMNS[kind])


def heat_changed() -> str:
    return f"{heat('old.plays')} <> {heat('new.plays')}"
