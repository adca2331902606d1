"""What a listener heard, as far as it is theirs: kept or not, shown, searched and taken away again."""

from plugins.catalog.services.history.forgetting import Forgotten, bring_back, forget_all, forget_day, forget_play
from plugins.catalog.services.history.keeping import change_keeping, keeps_history
from plugins.catalog.services.history.names import forget_secrets, own_key
from plugins.catalog.services.history.plays import (
    LATEST,
    PastPlay,
    recently_heard,
    recently_played,
)

__all__ = [
    "LATEST",
    "Forgotten",
    "PastPlay",
    "bring_back",
    "change_keeping",
    "forget_all",
    "forget_day",
    "forget_play",
    "forget_secrets",
    "keeps_history",
    "own_key",
    "recently_heard",
    "recently_played",
]
