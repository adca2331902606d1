"""Jobs of this plugin: loading the demo, copies of people's data, and forgetting what has long ended."""

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily, every
from musicapp.mail.services import forget_failed
from musicapp.plugins.site import current_site
from plugins.auth import plugin
from plugins.auth.services import set_up, sign_ins
from plugins.auth.services.copies import clearing, making
from plugins.auth.services.invitations.forgetting import forget_unused
from plugins.auth.services.leaving import erasing
from plugins.auth.services.standing_letters import REFUSAL


@plugin.job("auth.load_demo", long=True)
def load_demo(job: RunningJob) -> None:
    """Let every plugin load what it shows of itself."""
    for _plugin, demo in current_site().demos:
        demo()


@plugin.job("auth.forget", schedule=daily(at="03:20"))
def forget(job: RunningJob, period: str, since: str, until: str) -> None:
    """Delete sign-ins that ended long ago, old invitations that brought nobody, and letters to who was refused an
    account that did not arrive."""
    with job.finish():
        forget_failed(REFUSAL, now())
        forget_unused(now())
        sign_ins.forget_ended(now())


@plugin.job("auth.make_data_copy", long=True)
def make_data_copy(job: RunningJob, copy_id: int) -> None:
    """Make the ZIP of everything that somebody owns here."""
    making.make_copy(job, copy_id)


@plugin.job("auth.remove_expired_copies", schedule=every(minutes=60))
def remove_expired_copies(job: RunningJob, **_period: str) -> None:
    """Delete the ZIPs of people's data whose time is over."""
    clearing.remove_expired()


@plugin.job("auth.erase_due_accounts", schedule=daily(at="04:00"))
def erase_due_accounts(job: RunningJob, period: str, since: str, until: str) -> None:
    """Have every account erased whose days are over, those again that could not be erased before."""
    with job.finish():
        erasing.enqueue_due(now(), period)


@plugin.job("auth.erase_account", long=True)
def erase_account(job: RunningJob, person_id: int) -> None:
    """Erase what every plugin holds of somebody who left, then their account."""
    erasing.erase_account(job, person_id)


@plugin.job("auth.remove_lost_copies", schedule=daily(at="04:40"))
def remove_lost_copies(job: RunningJob, **_period: str) -> None:
    """Delete ZIPs of people's data that a crash kept from their owner."""
    clearing.remove_orphans()


@plugin.demo
def listener() -> None:
    """A listener, for who wants to see the site as one."""
    set_up.add_demo_person("Listener", "listener@example.org", "user")
