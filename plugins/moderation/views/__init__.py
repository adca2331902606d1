"""The pages of moderation, and where “Report” stands on the pages of others."""

from plugins.moderation.views import (
    canned,
    deciding,
    decisions,
    own,
    places,
    queue,
    reporting,
    rules,
    transparency,
)

__all__ = [
    "canned",
    "deciding",
    "decisions",
    "own",
    "places",
    "queue",
    "reporting",
    "rules",
    "transparency",
]
