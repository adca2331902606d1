"""Songs, albums, artists and comments as things that people report and moderators decide about."""

from collections.abc import Collection, Mapping

from musicapp.errors import is_found
from musicapp.evidence import Evidence, Fact
from plugins.catalog import plugin
from plugins.catalog.services import Person, comments, moderating
from plugins.catalog.services.moderating import evidence
from plugins.catalog.services.subjects import find_subject
from plugins.catalog.services.withholding import withheld_music


@plugin.contributes("site.withheld", name="catalog.music")
def withheld(person: Person | None, addresses: Collection[str]) -> Collection[str]:
    """Addresses of what is hidden, removed or deleted."""
    return withheld_music(person, addresses)


@plugin.contributes("site.fact", name="catalog.of_person", about="user")
def music_of(person_id: int) -> Mapping[str, Fact]:
    """What somebody published and said here."""
    return evidence.facts_of_person(person_id)


def sees_song(person: Person | None, song_id: int) -> bool:
    """Whether somebody may know of a song."""
    return is_found(find_subject, person, "song", song_id)


def sees_album(person: Person | None, album_id: int) -> bool:
    """Whether somebody may know of an album."""
    return is_found(find_subject, person, "album", album_id)


def sees_artist(person: Person | None, artist_id: int) -> bool:
    """Whether somebody may know of an artist."""
    return is_found(find_subject, person, "artist", artist_id)


def sees_comment(person: Person | None, comment_id: int) -> bool:
    """Whether somebody may read a comment."""
    return is_found(comments.comment_of, person, comment_id)


@plugin.contributes(
    "moderation.subject",
    name="song",
    word="song",
    seen_by=sees_song,
    hide=moderating.hide_song,
    show=moderating.show_song,
    remove=moderating.remove_song,
    bring_back=moderating.bring_back_song,
    label=moderating.label_song,
    unlabel=moderating.unlabel_song,
    reach=evidence.reach_of_songs,
)
def song(song_id: int) -> Evidence | None:
    """A song with its sound."""
    return evidence.song_evidence(song_id)


@plugin.contributes(
    "moderation.subject",
    name="album",
    word="album",
    seen_by=sees_album,
    hide=moderating.hide_album,
    show=moderating.show_album,
    remove=moderating.remove_album,
    bring_back=moderating.bring_back_album,
    reach=evidence.reach_of_albums,
)
def album(album_id: int) -> Evidence | None:
    """An album; its songs share what is decided about it."""
    return evidence.album_evidence(album_id)


@plugin.contributes(
    "moderation.subject",
    name="artist",
    word="artist",
    seen_by=sees_artist,
    hide=moderating.hide_artist,
    show=moderating.show_artist,
    reach=evidence.reach_of_artists,
)
def artist(artist_id: int) -> Evidence | None:
    """An artist; all their music is hidden with them."""
    return evidence.artist_evidence(artist_id)


@plugin.contributes(
    "moderation.subject",
    name="comment",
    word="comment",
    seen_by=sees_comment,
    hide=comments.hide_comment,
    show=comments.restore_comment,
    remove=comments.remove_comment,
    bring_back=comments.return_comment,
    reach=evidence.reach_of_comments,
)
def comment(comment_id: int) -> Evidence | None:
    """What somebody wrote."""
    return evidence.comment_evidence(comment_id)
