"""The jobs of playlists: telling followers, counting anew, removing what was deleted long ago, and the demo."""

from datetime import datetime

from musicapp.jobs import RunningJob, daily
from plugins.playlists import plugin
from plugins.playlists.services import counting, deleting, demo, growing


@plugin.job("playlists.tell_followers", schedule=daily("17:00"))
def tell_followers(job: RunningJob, since: str, until: str, **_period: str) -> None:
    """Tell those who follow playlists of the songs that came since the day before; telling twice is as once."""
    begin, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
    for playlist_id in growing.grown_playlists(begin):
        if job.cancelled:
            return
        growing.tell_followers(playlist_id, begin, end)


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
