"""Jobs of chats: sending a post, looking for news, the digest of a day, forgetting what was deleted."""

from datetime import date, datetime, timedelta

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily, every
from musicapp.jobs.tries import Turn
from musicapp.pages import local
from plugins.reports import plugin
from plugins.reports.services import chats


@plugin.job("reports.post_to_chat")
def post_to_chat(job: RunningJob, post_id: int, turn: int) -> None:
    """Send one post to its chat, or put it off."""
    chats.send_post(job, Turn(post_id, turn))


@plugin.job("reports.look_for_news", schedule=every(minutes=5))
def look_for_news(job: RunningJob, period: str, since: str, until: str) -> None:
    """Tell chats what is new; what they were told already is not told again."""
    chats.tell_news(datetime.fromisoformat(since), datetime.fromisoformat(until))


@plugin.job("reports.post_digest", schedule=daily("00:00"))
def post_digest(job: RunningJob, period: str, since: str, until: str) -> None:
    """Tell chats what happened on the day that has ended."""
    chats.post_digest(date.fromisoformat(period) - timedelta(days=1), local(now()).date())


@plugin.job("reports.forget_chats", schedule=daily("04:50"))
def forget_chats(job: RunningJob, period: str, since: str, until: str) -> None:
    """Remove for ever what was deleted or posted long ago."""
    chats.forget_deleted(now())
    while chats.forget_posts(now()):
        """A stretch at a time, so that nobody waits for the write lock."""
