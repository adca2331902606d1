"""Jobs of this plugin: loading the demo, and forgetting what has long ended."""

from datetime import timedelta

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily
from musicapp.plugins.site import current_site
from plugins.auth import plugin
from plugins.auth.services import set_up, sign_ins, throttle


@plugin.job("auth.load_demo", long=True)
def load_demo(job: RunningJob) -> None:
    """Let every plugin load what it shows of itself."""
    for _plugin, demo in current_site().demos:
        demo()


@plugin.job("auth.forget", schedule=daily(at="03:20"))
def forget(job: RunningJob, period: str, since: str, until: str) -> None:
    """Delete old windows of the throttle, and sign-ins that ended long ago."""
    with job.finish():
        throttle.forget_old(now() - timedelta(days=2))
        sign_ins.forget_ended(now())


@plugin.demo
def listener() -> None:
    """A listener, for who wants to see the site as one."""
    set_up.add_demo_person("Listener", "listener@example.org", "user")
