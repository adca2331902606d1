"""Where a request comes from, as far as it says who asks."""

import ipaddress

from musicapp.outside import unmapped


def network_of(came_from: str) -> str:
    """The address; of IPv6 the network of 64 bits that one customer usually has."""
    came_from = unmapped(came_from)
    try:
        address = ipaddress.ip_address(came_from)
    except ValueError:
        return came_from
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else came_from
