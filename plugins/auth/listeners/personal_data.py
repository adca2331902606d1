"""What is kept of people: the place where every plugin says what it holds of them, and what this one holds."""

import logging
from collections.abc import Iterator

from musicapp.site.events import SiteStarted
from musicapp.site.found import Health
from plugins.auth import plugin
from plugins.auth.services import roles
from plugins.auth.services.leaving import letter, reach
from plugins.auth.services.leaving.erasing import stuck
from plugins.auth.services.own_data import erase_own, own_data
from plugins.auth.services.points import Content, PersonalData

log = logging.getLogger(__name__)

plugin.collects("auth.personal_data", PersonalData)
plugin.contributes("site.letter", name=letter.KIND, title=letter.TITLE)(letter.write_goodbye)


@plugin.contributes(
    "auth.personal_data",
    name="auth.account",
    title="Account",
    words="Your name, address and roles, and where you are or were signed in.",
    goes="All of it, and every mail to you. The log of what was done here keeps your number, not your name.",
    tables=[
        "auth_user",
        "auth_user_role",
        "auth_sign_in",
        "auth_data_copy",
        "auth_leaving",
        "auth_second_factor",
        "auth_recovery_code",
        "auth_invitation",
        "auth_invitation_use",
        "site_mail",
    ],
    blocks=roles.why_to_stay,
    erase=erase_own,
    order=100,
)
def account(person_id: int) -> Iterator[tuple[str, Content]]:
    """The account itself; it goes last."""
    return own_data(person_id)


@plugin.on(SiteStarted)
def warn_of_unanswered(started: SiteStarted) -> None:
    """Name the tables of plugins that hold people and that nobody says how to hand out and to erase."""
    if tables := reach.unanswered_models():
        log.warning("%s hold people, and no plugin contributes them to auth.personal_data.", ", ".join(tables))


@plugin.health
def leaving() -> Health:
    """Whether every account whose days are over could be erased."""
    kept = stuck()
    if not kept:
        return Health("leaving", "ok")
    which = f"Account {kept[0].user_id} could not be erased: {kept[0].problem.rstrip('.')}."
    remedy = f"{which} The log and the job say more. Mend what they name; the next night tries again."
    return Health("leaving", "degraded", f"accounts that could not be erased: {len(kept)}", remedy)
