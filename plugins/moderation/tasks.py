"""The jobs of moderation: closing what is settled, forgetting what need not be kept, and the demo."""

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily, every
from plugins.moderation import plugin
from plugins.moderation.services import closing, demo, reaching, reporting


@plugin.job("moderation.close_settled", schedule=daily(at="03:40"))
def close_settled(job: RunningJob, **_period: str) -> None:
    """Close decided cases that nobody can appeal against any more."""
    while closing.close_settled(now()):
        if job.cancelled:
            return


@plugin.job("moderation.weigh_anew", schedule=every(minutes=60), long=True)
def weigh_anew(job: RunningJob, **_period: str) -> None:
    """Give waiting cases their places by how many people their things reached by now."""
    for _changed in reaching.take_reach_anew():
        if job.cancelled:
            return


@plugin.job("moderation.forget", schedule=daily(at="03:50"))
def forget(job: RunningJob, **_period: str) -> None:
    """Forget from which networks visitors reported."""
    with job.finish():
        reporting.forget_visitors(now())


@plugin.job("moderation.load_demo")
def load_demo(job: RunningJob) -> None:
    """Make the demo's reports, now that its songs are ready."""
    with job.finish():
        demo.make_demo_reports()


@plugin.demo
def reports_of_demo() -> None:
    """Some reports for the demo's moderator, who is made with them."""
    demo.load_demo()
