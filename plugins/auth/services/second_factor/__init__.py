"""The second factor: a code from an app on one's phone after the password, and recovery codes for when it is lost."""

from plugins.auth.services.second_factor.codes import WrongCode, prove
from plugins.auth.services.second_factor.of_staff import STAFF, is_awaited, without_awaited
from plugins.auth.services.second_factor.recovery import are_codes_of, codes_left, make_codes
from plugins.auth.services.second_factor.setting_up import (
    Waiting,
    begin,
    confirm,
    is_on,
    on_since,
    reset,
    switch_off,
    waiting,
)

__all__ = [
    "STAFF",
    "Waiting",
    "WrongCode",
    "are_codes_of",
    "begin",
    "codes_left",
    "confirm",
    "is_awaited",
    "is_on",
    "make_codes",
    "on_since",
    "prove",
    "reset",
    "switch_off",
    "waiting",
    "without_awaited",
]
