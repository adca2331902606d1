"""The jobs of playlists: telling followers, counting anew, removing what was deleted long ago, and the demo."""

from musicapp.jobs import RunningJob, daily
from plugins.playlists import plugin
from plugins.playlists.services import counting, deleting, demo, growing


@plugin.job("playlists.tell_followers")
def tell_followers(job: RunningJob, playlist_id: int, day: str) -> None:
    """Tell those who follow a playlist of the songs that came."""
    with job.finish():
        growing.tell_followers(playlist_id, day)


@plugin.job("playlists.count_anew", long=True)
def count_anew(job: RunningJob) -> None:
    """Count the entries of all playlists anew, after songs went for ever."""
    last: int | None = 0
    while last is not None and not job.cancelled:
        last = counting.count_anew(last)


@plugin.job("playlists.purge", schedule=daily("04:40"))
def purge(job: RunningJob, **_period: str) -> None:
    """Remove for ever the playlists and entries that were deleted longer ago than they can be brought back."""
    while deleting.purge():
        if job.cancelled:
            return


@plugin.job("playlists.load_demo")
def load_demo(job: RunningJob) -> None:
    """Make the demo's playlists, now that its songs are ready."""
    with job.finish():
        demo.make_demo_playlists()
