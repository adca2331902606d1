"""Which addresses of the internet this site may go to: public ones, and those that its owner allowed by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from musicapp.outside import unmapped

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Beside what Python itself knows not to be public: addresses that carry others inside, and those of cloud machines.
NEVER_PUBLIC = [
    ip_network(written)
    for written in (
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
]
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Allowed:
    """What a site's owner allows beside the public internet: hosts by name, networks by their addresses."""

    hosts: frozenset[str]
    networks: tuple[Network, ...]

    def names(self, host: str) -> bool:
        """Whether this host is allowed by its name."""
        return host in self.hosts

    def holds(self, address: Address) -> bool:
        """Whether this address lies in an allowed network."""
        return any(address in network for network in self.networks)


def allowed_by(written: Iterable[str]) -> Allowed:
    """Read a list of host names, addresses and networks, as `chat.lan` and `10.1.0.0/16`."""
    hosts, networks = set(), []
    for each in written:
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            hosts.add(each.lower().rstrip("."))
    return Allowed(frozenset(hosts), tuple(networks))


def address_of(written: str) -> Address:
    """The address that packets end at: of one that carries an IPv4 address inside, that one."""
    address = ip_address(unmapped(written))
    if isinstance(address, IPv6Address) and address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may go to this address."""
    if any(address in network for network in NEVER_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_only_private(address: Address) -> bool:
    """Whether this is an address of a private network or of this machine, and none with a meaning of its own, such as
    that under which clouds give out passwords."""
    return address.is_private and not (address.is_link_local or address.is_multicast or address.is_unspecified)
