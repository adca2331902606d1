"""Accounts for programs: the same services as the pages, as JSON."""

from plugins.auth.api import account, entering, tokens

__all__ = ["account", "entering", "tokens"]
