"""What music and comments say of a person, for who has to judge them."""

from collections.abc import Mapping

import sqlalchemy as sa

from musicapp.database import session
from musicapp.evidence import Fact
from plugins.catalog.models import Artist, ArtistMember, Comment, Song

NAMED = 5


def facts_of_person(person_id: int) -> Mapping[str, Fact]:
    """As whom somebody publishes, how much they uploaded and said, and how much of it moderators keep away."""
    artists = sa.select(Artist.name).join(ArtistMember, ArtistMember.artist_id == Artist.id)
    names = session().scalars(artists.where(ArtistMember.user_id == person_id).order_by(Artist.id).limit(NAMED)).all()
    songs, away = counted(Song, Song.uploaded_by == person_id)
    comments, comments_away = counted(Comment, Comment.author_id == person_id)
    said: dict[str, Fact] = {"Publishes as": ", ".join(names)} if names else {}
    return {
        **said,
        "Songs": songs,
        "Songs hidden or removed": away,
        "Comments": comments,
        "Comments hidden or removed": comments_away,
    }


def counted(table: type[Song] | type[Comment], theirs: sa.ColumnElement[bool]) -> tuple[int, int]:
    """How many of somebody's there are, and how many of them moderators keep away."""
    away = sa.or_(table.hidden_at.is_not(None), table.removed_at.is_not(None))
    query = sa.select(sa.func.count(), sa.func.count(sa.case((away, 1)))).select_from(table).where(theirs)
    total, kept_away = session().execute(query).one()
    return total, kept_away
