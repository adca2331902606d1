"""Songs, albums and artists as things that people talk about and share."""

from musicapp.addresses import url_of
from musicapp.errors import NotFound
from plugins.catalog import plugin, services
from plugins.catalog.links import album_cover_url, artist_cover_url, song_cover_url
from plugins.catalog.services import AlbumCard, Person, SongRow, Subject, SubjectKind

plugin.collects("catalog.subject", SubjectKind)


@plugin.contributes("catalog.subject", name="song", word="song")
def song(person: Person | None, song_id: int) -> Subject | None:
    """A song that somebody may know of."""
    try:
        found = services.song_detail(person, song_id).row
    except NotFound:
        return None
    is_there = found.state == "ready"
    return release("song", found, song_cover_url(found), is_there=is_there, duration_s=found.duration_s)


@plugin.contributes("catalog.subject", name="album", word="album")
def album(person: Person | None, album_id: int) -> Subject | None:
    """An album that somebody may know of."""
    try:
        found = services.album_alone(person, album_id)
    except NotFound:
        return None
    return release("album", found, album_cover_url(found))


@plugin.contributes("catalog.subject", name="artist", word="artist", has_comments=False)
def artist(person: Person | None, artist_id: int) -> Subject | None:
    """An artist whom somebody may know of."""
    try:
        found = services.artist_alone(person, artist_id)
    except NotFound:
        return None
    return Subject(
        kind="artist",
        id=found.id,
        title=found.name,
        by="",
        url=url_of("catalog.artist", artist_id=found.id),
        picture_url=artist_cover_url(found),
        tint=found.tint,
        owner_ids=services.accounts_of(found.id),
        is_public=found.songs_count + found.albums_count > 0,
    )


def release(
    kind: str,
    found: SongRow | AlbumCard,
    picture_url: str | None,
    *,
    is_there: bool = True,
    duration_s: float | None = None,
) -> Subject:
    """A song or an album as a subject; `is_there` says whether it could be heard once it is published."""
    return Subject(
        kind=kind,
        id=found.id,
        title=found.title,
        by=found.artist_name,
        url=url_of(f"catalog.{kind}", **{f"{kind}_id": found.id}),
        picture_url=picture_url,
        tint=found.tint,
        owner_ids=services.accounts_of(found.artist_id),
        is_public=found.published and not found.hidden and is_there,
        duration_s=duration_s,
    )
