"""The pages of this plugin. Where a program asks with JSON, the same address answers as the API does."""

from plugins.auth.views import (
    account,
    confirming,
    data_copies,
    done,
    leaving,
    logging_in,
    passwords,
    people,
    second_factor,
    second_step,
    setting_up,
    signing_up,
    suspended,
    verifying,
)

__all__ = [
    "account",
    "confirming",
    "data_copies",
    "done",
    "leaving",
    "logging_in",
    "passwords",
    "people",
    "second_factor",
    "second_step",
    "setting_up",
    "signing_up",
    "suspended",
    "verifying",
]
