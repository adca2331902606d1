"""What of people can be taken out as a sheet."""

from collections.abc import Iterator

from musicapp.sheets import Column, Value
from musicapp.spans import Span
from plugins.auth import plugin
from plugins.auth.services import accounts_sheet


@plugin.contributes(
    "reports.export",
    name="auth.accounts",
    title="Accounts",
    words="Everybody who has an account, with their address and what they may do.",
    columns=[
        Column("id", "The account's number on this site.", "whole number"),
        Column("name", "What they go by."),
        Column("email", "Their address."),
        Column("roles", "What they are: admin, moderator, artist, user; several with commas."),
        Column("active", "Whether they may sign in at all.", "yes or no"),
        Column("created_at", "Since when they have the account (UTC).", "moment"),
        Column("confirmed_at", "When they showed that mails reach them (UTC).", "moment"),
        Column("last_seen_at", "When they were here last (UTC).", "moment"),
        Column("suspended_until", "Until when they may not sign in (UTC).", "moment"),
    ],
    count=accounts_sheet.account_count,
    scope="admin",
    right="site.admin",
)
def accounts(person_id: int, subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """All accounts of the site."""
    return accounts_sheet.account_rows(person_id, subject_id, span)
