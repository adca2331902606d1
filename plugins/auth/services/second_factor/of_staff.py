"""Whether the site wants a second factor of those who run it, and what they may do until they have one."""

from plugins.auth.services.second_factor.setting_up import is_on
from plugins.auth.settings import auth_settings

STAFF = frozenset({"admin", "moderator"})


def is_awaited(person_id: int, role_names: frozenset[str]) -> bool:
    """Whether somebody has to set up a second factor before their rights of staff work."""
    if STAFF.isdisjoint(role_names) or auth_settings().second_factor != "staff":
        return False
    return not is_on(person_id)


def without_awaited(person_id: int, role_names: frozenset[str]) -> frozenset[str]:
    """The roles that are in force: not those of staff, while a second factor is awaited."""
    return role_names - STAFF if is_awaited(person_id, role_names) else role_names
