"""What this plugin does when the site starts, the letters that it writes, and the way in for visitors."""

from functools import partial

from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from musicapp.site.events import SiteStarted
from plugins.auth import plugin
from plugins.auth.services import set_up, standing_letters
from plugins.auth.services.invitations.making import write_invitation
from plugins.auth.services.letters import SUBJECTS, write_letter

for kind, subject in SUBJECTS.items():
    plugin.contributes("site.letter", name=f"auth.{kind}", title=subject)(partial(write_letter, kind))
for standing, subject in standing_letters.SUBJECTS.items():
    write = partial(standing_letters.write_standing, standing)
    plugin.contributes("site.letter", name=f"auth.{standing}", title=subject)(write)
plugin.contributes("site.letter", name=standing_letters.REFUSAL, title=standing_letters.REFUSED)(
    standing_letters.write_refusal
)
plugin.contributes("site.letter", name="auth.invitation", title="Invitations")(write_invitation)


@plugin.on(SiteStarted)
def prepare(started: SiteStarted) -> None:
    """Make the admin that the settings name, or note the address of the set-up."""
    set_up.prepare()


@plugin.fills("site.head_actions")
def log_in_button() -> str:
    """The way in, for visitors."""
    return "" if signed_in() else fragment("auth/_log_in_button.html")
