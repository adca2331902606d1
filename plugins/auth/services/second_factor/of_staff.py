"""Whether the site wants a second factor of those who run it, and what they may do until they have one."""

from plugins.auth.services.second_factor.codes import is_on
from plugins.auth.settings import auth_settings

STAFF = frozenset({"admin", "moderator"})
WITHHELD = (
    "Who runs this site needs a second factor, and your rights as staff rest until yours is on. "
    "Set it up at /account/second-factor."
)


def withheld_from(person_id: int, role_names: frozenset[str]) -> frozenset[str]:
    """The roles of staff that somebody has and that do not work before their second factor is on."""
    of_staff = role_names & STAFF
    if not of_staff or auth_settings().second_factor != "staff" or is_on(person_id):
        return frozenset()
    return of_staff
