"""What happens to people, for the plugins that care."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PersonSignedUp:
    """Somebody has an account now; `confirmed` is False while their address waits for its mail.

    Who needs an approval has their account from then on.
    """

    person_id: int
    name: str
    role: str
    confirmed: bool


@dataclass(frozen=True)
class PersonConfirmed:
    """Somebody showed that the mails to their address reach them."""

    person_id: int


@dataclass(frozen=True)
class PersonRenamed:
    """Somebody goes by another name."""

    person_id: int
    name: str


@dataclass(frozen=True)
class PersonSignedIn:
    """Somebody logged in; `kind` is `session` (a browser) or `token` (the API)."""

    person_id: int
    kind: str
    device: str


@dataclass(frozen=True)
class PasswordChanged:
    """Somebody has a new password, and all their other sign-ins have ended."""

    person_id: int


@dataclass(frozen=True)
class PersonWaits:
    """Somebody asks for an account, showed that mails reach them, and waits until who runs the site says yes."""

    person_id: int


@dataclass(frozen=True)
class PersonRefused:
    """Somebody who waited gets no account: nothing is kept of them but this number, which is never given again."""

    person_id: int


@dataclass(frozen=True)
class PersonSuspended:
    """Somebody may not sign in until then, and all their sign-ins have ended; a `reason` was mailed to them."""

    person_id: int
    until: datetime
    reason: str = ""


@dataclass(frozen=True)
class PersonRestored:
    """A suspension was lifted before its time; `is_told`: it was mailed to them."""

    person_id: int
    is_told: bool = False


@dataclass(frozen=True)
class RoleGiven:
    """Somebody may do more than before."""

    person_id: int
    role: str


@dataclass(frozen=True)
class RoleTaken:
    """Somebody may do less than before."""

    person_id: int
    role: str


@dataclass(frozen=True)
class DataCopyReady:
    """The copy of everything that somebody owns here can be fetched."""

    person_id: int


@dataclass(frozen=True)
class PersonLeaving:
    """Somebody deleted their account: it is closed, and erased some time after `erase_at` unless they come back."""

    person_id: int
    erase_at: datetime


@dataclass(frozen=True)
class PersonStayed:
    """Somebody took the deletion of their account back."""

    person_id: int


@dataclass(frozen=True)
class PersonErased:
    """An account and everything that plugins held of its person is gone; its number is never given again."""

    person_id: int


@dataclass(frozen=True)
class SecondFactorSwitchedOn:
    """Somebody needs a code of their app to log in from now on."""

    person_id: int


@dataclass(frozen=True)
class SecondFactorSwitchedOff:
    """Somebody's password alone is enough again; they did it themselves, or lost their phone and were helped."""

    person_id: int


@dataclass(frozen=True)
class RecoveryCodesMade:
    """Somebody has new recovery codes, and those before are void."""

    person_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed:
    """Somebody used a recovery code, to log in or to show that it is they; so many are left."""

    person_id: int
    left: int


@dataclass(frozen=True)
class SetUpFinished:
    """The site has its first admin."""

    person_id: int
