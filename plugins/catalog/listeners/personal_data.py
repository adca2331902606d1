"""What music holds of a person: what they heard and said, and the music that they published."""

from collections.abc import Iterator

from musicapp.belongings import Named
from plugins.catalog import plugin
from plugins.catalog.services import personal

File = Named | tuple[str, str]


@plugin.contributes(
    "auth.personal_data",
    name="catalog.listening",
    title="Listening",
    words="Your history, ratings, favourites, whom you follow, your queue, comments and secret links.",
    goes="All of it. Plays stay counted, and belong to nobody. A comment that others replied to keeps an empty place.",
    tables=[
        *("catalog_play", "catalog_artist_listener", "catalog_listener", "catalog_listener_hour", "catalog_rating"),
        *("catalog_favourite_song", "catalog_favourite_album", "catalog_favourite_artist", "catalog_follow"),
        *("catalog_player_state", "catalog_comment", "catalog_mention", "catalog_share_link"),
    ],
    erase=personal.erase,
    order=10,
)
def listening(person_id: int) -> Iterator[File]:
    """What somebody heard, keeps and wrote."""
    yield from personal.listening_files(person_id)
    yield from personal.said_files(person_id)


@plugin.contributes(
    "auth.personal_data",
    name="catalog.music",
    title="Your music",
    words="The artists that you publish as: their words, albums, songs, sound as you uploaded it, and covers.",
    goes="What nobody else publishes goes with its files, unless you let it stay. What you publish with others stays.",
    tables=[
        *("catalog_artist", "catalog_artist_member", "catalog_artist_invitation", "catalog_song"),
        "catalog_partial_upload",
    ],
    asks=personal.what_becomes_of_music,
    weighs=personal.bytes_of_music,
    order=12,
)
def music(person_id: int) -> Iterator[File]:
    """What somebody publishes."""
    return personal.music_files(person_id)
