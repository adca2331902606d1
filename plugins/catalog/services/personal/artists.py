"""What becomes of the artists that somebody publishes as when their account is erased."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from plugins.auth import services as auth
from plugins.auth.services.points import Question
from plugins.catalog.models import Album, Artist, ArtistInvitation, ArtistMember, Song
from plugins.catalog.services.kept import LISTS
from plugins.catalog.services.limits import limits
from plugins.catalog.services.personal.music import artist_ids, worn_by
from plugins.catalog.services.removing import purge
from plugins.catalog.services.unworn_covers import delete_files, forgotten

MUSIC = "catalog_music"


def what_becomes_of_music(person_id: int) -> Sequence[Question]:
    """Asks who alone publishes as an artist of whom something is public whether it stays."""
    names = session().scalars(
        sa.select(Artist.name).where(Artist.id.in_(alone_with(person_id)), has_public_music()).order_by(Artist.id)
    )
    if not (called := ", ".join(f"“{name}”" for name in names)):
        return ()
    words = f"Nobody else publishes as {called}. What becomes of this music?"
    stays = "It stays, under the artist's name; nobody can change it any more."
    return (Question(MUSIC, words, {"stays": stays, "goes": "It goes: songs, albums, files and the artist's page."}),)


def alone_with(person_id: int) -> sa.Select[int]:
    """The artists that somebody and nobody else publishes as."""
    members = sa.select(ArtistMember.artist_id).group_by(ArtistMember.artist_id).having(sa.func.count() == 1)
    return artist_ids(person_id).where(ArtistMember.artist_id.in_(members))


def has_public_music() -> sa.ColumnElement[bool]:
    """Whether something of an artist is published or will be."""
    return sa.or_(
        *(
            sa.exists().where(table.artist_id == Artist.id, table.published_at.is_not(None), table.deleted_at.is_(None))
            for table in (Song, Album)
        )
    )


def erase_artists(person_id: int) -> None:
    """Let somebody no longer be an artist: their own goes where they said so or nothing of it is public."""
    keeps = auth.answer_of(person_id, MUSIC) != "goes"
    public = sa.select(Artist.id).where(Artist.id.in_(alone_with(person_id)), has_public_music())
    alone = set(session().scalars(alone_with(person_id)))
    for artist_id in sorted(alone - (set(session().scalars(public)) if keeps else set())):
        erase_artist(artist_id)
    with writing() as unit:
        unused = sa.and_(ArtistInvitation.invited_by == person_id, ArtistInvitation.used_at.is_(None))
        unit.execute(sa.delete(ArtistInvitation).where(unused), execution_options=UNSYNCED)
        unit.execute(sa.delete(ArtistMember).where(ArtistMember.user_id == person_id), execution_options=UNSYNCED)


def erase_artist(artist_id: int) -> None:
    """Remove an artist with all their music and files for ever.

    What can no longer be brought back is purged as ever, so their songs are first made to have been deleted so long
    ago; the row of the artist goes last, that a failure in between leaves them to be found again.
    """
    artist = session().get(Artist, artist_id)
    if artist is None:
        return
    long_ago = now() - timedelta(days=limits().restorable_days + 2)
    with writing() as unit:
        for table in (Song, Album):
            past = sa.update(table).where(table.artist_id == artist_id).values(deleted_at=long_ago, removed_at=None)
            unit.execute(past, execution_options=UNSYNCED)
    for cover_id in worn_by(artist):
        take_off(artist_id, cover_id)
    while purge():
        pass
    with writing() as unit:
        unit.execute(sa.delete(Artist).where(Artist.id == artist_id), execution_options=UNSYNCED)
    LISTS.forget()


def take_off(artist_id: int, cover_id: int) -> None:
    """Let an artist and their music wear a cover no longer; where nobody else wears it, it goes."""
    whose = ((Artist, Artist.id), (Album, Album.artist_id), (Song, Song.artist_id))
    with writing() as unit:
        for table, of_artist in whose:
            bare = sa.update(table).where(of_artist == artist_id, table.cover_id == cover_id).values(cover_id=None)
            unit.execute(bare, execution_options=UNSYNCED)
        keys = forgotten(cover_id)
    delete_files(keys)
