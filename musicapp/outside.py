"""How a site is reached from outside, and by whom: the words of its settings, and why they cannot be so."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

LOOKS_LIKE = "It looks like https://music.example.org or http://localhost:5000"


def site_address(told: str) -> str:
    """The one address of a site, in small letters and without a slash at its end; ValueError says what is wrong."""
    try:
        address = urlsplit(told)
        port = address.port
    except ValueError:
        raise ValueError(f"this is no address. {LOOKS_LIKE}") from None
    if address.scheme not in ("http", "https") or not address.hostname or port == 0 or not told.isprintable():
        raise ValueError(f"it must begin with https:// or http://, and a host follows. {LOOKS_LIKE}")
    if {*" ?#"} & {*told} or address.username is not None or address.path.strip("/") or address.netloc.endswith(":"):
        raise ValueError(f"the site has a host of its own, so nothing stands around its name. {LOOKS_LIKE}")
    return f"{address.scheme}://{address.netloc.lower()}"


def proxy_addresses(told: Sequence[str]) -> list[str]:
    """The addresses of proxies as requests carry them; ValueError names the first that is none."""
    return [proxy_address(each) for each in told]


def proxy_address(told: str) -> str:
    try:
        return str(ip_address(unmapped(told)))
    except ValueError:
        raise ValueError(f"“{told}” is no address: each proxy is named by its own, as 10.57.7.2 or ::1") from None


def unmapped(written: str) -> str:
    """The IPv4 address of somebody whom a socket of both kinds calls `::ffff:192.0.2.7`; any other text as it is."""
    if ":" not in written:
        return written
    try:
        inside = IPv6Address(written).ipv4_mapped
    except ValueError:
        return written
    return written if inside is None else str(inside)
