"""What a month or a year amounted to, for its listeners and for the site: from the sums by day, never the ledger."""

from plugins.catalog.services.months import saying
from plugins.catalog.services.months.community import community_of
from plugins.catalog.services.months.listeners import listeners_between
from plugins.catalog.services.months.listening import Listening, listening_of
from plugins.catalog.services.months.site import site_month
from plugins.catalog.services.months.site_blocks import site_blocks

__all__ = [
    "Listening",
    "community_of",
    "listeners_between",
    "listening_of",
    "saying",
    "site_blocks",
    "site_month",
]
