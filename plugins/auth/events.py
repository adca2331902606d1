"""What happens to people, for the plugins that care."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PersonSignedUp:
    """Somebody has an account now; `confirmed` is False while their address waits for its mail."""

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
class PersonSuspended:
    """Somebody may not sign in until then, and all their sign-ins have ended."""

    person_id: int
    until: datetime


@dataclass(frozen=True)
class PersonRestored:
    """A suspension was lifted before its time."""

    person_id: int


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
    """Somebody came in with a recovery code; so many are left."""

    person_id: int
    left: int


@dataclass(frozen=True)
class SetUpFinished:
    """The site has its first admin."""

    person_id: int
