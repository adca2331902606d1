"""What is kept of people: the place where every plugin says what it holds of them, and what this one holds."""

from collections.abc import Iterator

from plugins.auth import plugin
from plugins.auth.services.own_data import own_data
from plugins.auth.services.points import Content, PersonalData

plugin.collects("auth.personal_data", PersonalData)


@plugin.contributes(
    "auth.personal_data",
    name="auth.account",
    title="Account",
    words="Your name, address and roles, and where you are or were signed in.",
    tables=["auth_user", "auth_user_role", "auth_sign_in", "auth_data_copy", "auth_leaving"],
    order=100,
)
def account(person_id: int) -> Iterator[tuple[str, Content]]:
    """The account itself; it goes last."""
    return own_data(person_id)
