"""What somebody's listening amounts to: how much, when, and of what; from the sums by hour, never from the ledger."""

from plugins.catalog.services.counters import More
from plugins.catalog.services.statistics.listening import ListeningStatistics, listening_statistics
from plugins.catalog.services.statistics.periods import PERIODS, Bucket, Period
from plugins.catalog.services.statistics.tops import Ranked, heard_most

__all__ = ["PERIODS", "Bucket", "ListeningStatistics", "More", "Period", "Ranked", "heard_most", "listening_statistics"]
