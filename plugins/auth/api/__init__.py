"""Accounts for programs: the same services as the pages, as JSON."""

from plugins.auth.api import account, data_copies, entering, leaving, people, second_factor, tokens

__all__ = ["account", "data_copies", "entering", "leaving", "people", "second_factor", "tokens"]
