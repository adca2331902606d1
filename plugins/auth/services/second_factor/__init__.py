"""The second factor: a code from an app on one's phone after the password, and recovery codes for when it is lost."""

from plugins.auth.services.second_factor.codes import WrongCode, is_on, on_since, prove, prove_again
from plugins.auth.services.second_factor.of_staff import STAFF, WITHHELD, withheld_from
from plugins.auth.services.second_factor.pictures import picture_of
from plugins.auth.services.second_factor.recovery import are_codes_of, codes_left, make_codes
from plugins.auth.services.second_factor.setting_up import (
    Waiting,
    begin,
    confirm,
    reset,
    switch_off,
    waiting,
)

__all__ = [
    "STAFF",
    "WITHHELD",
    "Waiting",
    "WrongCode",
    "are_codes_of",
    "begin",
    "codes_left",
    "confirm",
    "is_on",
    "make_codes",
    "on_since",
    "picture_of",
    "prove",
    "prove_again",
    "reset",
    "switch_off",
    "waiting",
    "withheld_from",
]
