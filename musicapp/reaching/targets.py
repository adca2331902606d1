"""Where something is sent: an address as somebody wrote it, taken apart and checked before anybody goes there."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from flask import current_app

from musicapp.reaching.networks import Allowed, address_of, allowed_by, is_only_private, is_public
from musicapp.reaching.refusals import NotAllowed
from musicapp.reaching.resolving import Resolver, resolve, system_resolver

LONGEST_URL = 2_000
PORTS = {"http": 80, "https": 443}
LOOK_UP_S = 5.0


@dataclass(frozen=True)
class Target:
    """A checked place: the name that its certificate must have, and the addresses behind it that were checked.

    `is_own` says that the site's owner allowed it by REACH_PRIVATE.
    """

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]
    is_own: bool

    @property
    def named(self) -> str:
        """Host and port as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def checked_target(url: str, *, seconds: float = LOOK_UP_S, resolver: Resolver = system_resolver) -> Target:
    """Take an address apart, look its host up once, and check all that was found.

    Raises NotAllowed with a sentence for who wrote the address, NotReached when the host is not known in time.
    """
    parts = taken_apart(url)
    host, port = host_of(parts), port_of(parts)
    allowed = allowed_by(current_app.config["REACH_PRIVATE"])
    addresses = resolve(host, port, seconds, resolver)
    at_home = [goes_home(host, written, allowed) for written in addresses]
    is_own = all(at_home)
    if not is_own and port not in PORTS.values():
        raise NotAllowed(f"Port {port} is not one of the web. Leave it out.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, tuple(addresses), is_own)


def taken_apart(url: str) -> SplitResult:
    """The parts of a web address that is plain enough to be sent as it is."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url or len(url) > LONGEST_URL:
        raise NotAllowed("This is no web address: it has signs in it that none has, or is too long.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotAllowed("This is no web address.") from None
    if parts.scheme not in PORTS:
        raise NotAllowed("A web address begins with https://.")
    if "@" in parts.netloc:
        raise NotAllowed("There must be no name and no password before the host of the address.")
    return parts


def host_of(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host:
        raise NotAllowed("There is no host in this address.")
    return host


def port_of(parts: SplitResult) -> int:
    try:
        return parts.port or PORTS[parts.scheme]
    except ValueError:
        raise NotAllowed("The port of this address is no number between 1 and 65535.") from None


def goes_home(host: str, written: str, allowed: Allowed) -> bool:
    """Whether the owner of the site allowed one address of a host; raises NotAllowed for one that nobody may go to."""
    address = address_of(written)
    if allowed.holds(address) or (allowed.names(host) and (is_public(address) or is_only_private(address))):
        return True
    if is_public(address):
        return False
    raise NotAllowed(
        f"{host} is in a private network or on this machine, where the site does not go. "
        "If it is your own, the site's owner can allow it by the setting REACH_PRIVATE."
    )
