"""Stars of songs: one rating a listener, and the number and sum of all on the song itself.

Who rates holds the song's row until the commit, so that its counters and its ratings change together. Ratings that go
with an account leave the counters behind; `correct_ratings` sets them right.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Invalid, NotFound
from musicapp.plugins import emit
from plugins.catalog.events import SongRated
from plugins.catalog.models import Rating, Song
from plugins.catalog.services import songs
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import is_known_to
from plugins.catalog.services.words import known_id

MOST_STARS = 5
CORRECTED_AT_ONCE = 500


def rate(person: Person, song_id: int, stars: int) -> None:
    """Give a song 1 to 5 stars; another number than before takes its place."""
    if not 1 <= stars <= MOST_STARS:
        wrong = f"Give 1 to {MOST_STARS} stars."
        raise Invalid(wrong, {"stars": [wrong]})
    with writing():
        artist_id = hold_song(person, song_id)
        before = stars_given(person, song_id)
        if before == stars:
            return
        if before is None:
            session().add(Rating(user_id=person.id, song_id=song_id, stars=stars))
        else:
            mine = sa.update(Rating).where(Rating.user_id == person.id, Rating.song_id == song_id)
            session().execute(mine.values(stars=stars, rated_at=now()))
        raise_ratings(song_id, count=int(before is None), stars=stars - (before or 0))
        emit(SongRated(song_id, artist_id, person.id, stars))


def take_back_rating(person: Person, song_id: int) -> None:
    """Give a song no stars any more; what was not rated stays so."""
    with writing():
        artist_id = hold_song(person, song_id)
        before = stars_given(person, song_id)
        if before is None:
            return
        session().execute(sa.delete(Rating).where(Rating.user_id == person.id, Rating.song_id == song_id))
        raise_ratings(song_id, count=-1, stars=-before)
        emit(SongRated(song_id, artist_id, person.id, None))


def hold_song(person: Person, song_id: int) -> int:
    """Lock a song that somebody may know of and answer its artist; raises NotFound."""
    known = sa.select(Song.artist_id).where(Song.id == known_id(song_id, songs.NOT_HERE), is_known_to(person, Song))
    artist_id = session().scalar(known.with_for_update(key_share=True))
    if artist_id is None:
        raise NotFound(songs.NOT_HERE)
    return artist_id


def stars_given(person: Person, song_id: int) -> int | None:
    """How many stars somebody gives a song, None when they did not rate it."""
    return session().scalar(sa.select(Rating.stars).where(Rating.user_id == person.id, Rating.song_id == song_id))


def raise_ratings(song_id: int, *, count: int, stars: int) -> None:
    raised = {"ratings_count": Song.ratings_count + count, "ratings_sum": Song.ratings_sum + stars}
    of_song = sa.update(Song).where(Song.id == song_id).values(raised)
    session().execute(of_song.execution_options(**UNSYNCED))


def correct_ratings() -> int:
    """Set the counters of ratings right where accounts went with theirs; answers how many songs they were wrong of."""
    of_song = (
        sa.select(Rating.song_id, sa.func.count().label("count"), sa.func.sum(Rating.stars).label("stars"))
        .group_by(Rating.song_id)
        .subquery()
    )
    count, stars = (sa.func.coalesce(total, 0) for total in (of_song.c.count, of_song.c.stars))
    query = sa.select(Song.id).outerjoin(of_song, of_song.c.song_id == Song.id)
    is_wrong = sa.or_(Song.ratings_count != count, Song.ratings_sum != stars)
    wrong = session().scalars(query.where(is_wrong).order_by(Song.id)).all()
    for first in range(0, len(wrong), CORRECTED_AT_ONCE):
        count_anew(wrong[first : first + CORRECTED_AT_ONCE])
    return len(wrong)


def count_anew(song_ids: Sequence[int]) -> None:
    """Count the ratings of some songs while nobody else rates them."""
    of_song = sa.select(sa.func.count()).where(Rating.song_id == Song.id).correlate(Song).scalar_subquery()
    stars = sa.select(sa.func.coalesce(sa.func.sum(Rating.stars), 0)).where(Rating.song_id == Song.id)
    counted = {"ratings_count": of_song, "ratings_sum": stars.correlate(Song).scalar_subquery()}
    with writing() as unit:
        # Held first, by a statement of its own: on PostgreSQL the next one then sees what others have just committed.
        unit.execute(sa.select(Song.id).where(Song.id.in_(song_ids)).order_by(Song.id).with_for_update(key_share=True))
        anew = sa.update(Song).where(Song.id.in_(song_ids)).values(counted)
        unit.execute(anew.execution_options(**UNSYNCED))
