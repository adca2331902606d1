"""What is told of one's second factor; the letters about it are auth's own."""

from musicapp.database import writing
from plugins.auth.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorSwitchedOff,
    SecondFactorSwitchedOn,
)
from plugins.inbox import plugin
from plugins.inbox.listeners.alerts import key_now
from plugins.inbox.services import tell

NOT_YOU = "Was it not you? Choose a new password now."


@plugin.on(SecondFactorSwitchedOn, durable=True)
def switched_on(on: SecondFactorSwitchedOn) -> None:
    """Say that a code is asked for from now on."""
    say(on.person_id, f"Your second factor is on: logging in takes a code, too. {NOT_YOU}")


@plugin.on(SecondFactorSwitchedOff, durable=True)
def switched_off(off: SecondFactorSwitchedOff) -> None:
    """Say that the password alone is enough again."""
    say(off.person_id, f"Your second factor is off: your password alone is enough to log in. {NOT_YOU}")


@plugin.on(RecoveryCodesMade, durable=True)
def codes_made(made: RecoveryCodesMade) -> None:
    """Say that there are other recovery codes."""
    say(made.person_id, f"You have new recovery codes, and those before are void. {NOT_YOU}")


@plugin.on(RecoveryCodeUsed, durable=True)
def code_used(used: RecoveryCodeUsed) -> None:
    """Say that a recovery code was used, and how many are left."""
    say(used.person_id, f"One of your recovery codes was used; you have {used.left or 'none'} left. {NOT_YOU}")


def say(person_id: int, text: str) -> None:
    with writing():
        tell([person_id], "inbox.security", key=f"factor-{key_now()}", text=text, url="/account/second-factor")
