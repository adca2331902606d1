"""New releases are told to those who follow the artist: an album once, not each of its songs."""

from musicapp.addresses import url_of
from musicapp.jobs import RunningJob, enqueue
from plugins.catalog import plugin
from plugins.catalog.events import AlbumPublished, SongPublished
from plugins.catalog.services import Person, telling

JOB = "catalog.tell_followers"


@plugin.contributes(
    "inbox.kind", name=telling.KIND, title="New releases", words="An artist you follow published music."
)
def for_who_may_follow(person: Person) -> bool:
    """Everybody may follow artists."""
    return True


@plugin.on(AlbumPublished, durable=True)
def album_published(published: AlbumPublished) -> None:
    """Let followers hear of an album."""
    if telling.has_followers(published.artist_id):
        enqueue(JOB, {"kind": "album", "release_id": published.album_id}, key=f"album-{published.album_id}")


@plugin.on(SongPublished, durable=True)
def song_published(published: SongPublished) -> None:
    """Let followers hear of a song that stands alone; those of an album are told with it."""
    if published.album_id is None and telling.has_followers(published.artist_id):
        enqueue(JOB, {"kind": "song", "release_id": published.song_id}, key=f"song-{published.song_id}")


@plugin.job(JOB, long=True)
def tell_followers(job: RunningJob, kind: str, release_id: int) -> None:
    """Tell the followers of a release, a thousand in each commit; whoever was told already is not told again."""
    release = telling.public_release(kind, release_id)
    if release is None:
        return
    of = {f"{kind}_id": release_id}
    url = url_of(f"catalog.{kind}", **of)
    picture_url = url_of(f"catalog.{kind}_cover", **of, size=96, v=release.cover_id) if release.cover_id else ""
    last: int | None = 0
    while last is not None and not job.cancelled:
        last = telling.tell_followers(release, url=url, picture_url=picture_url, after_id=last)
