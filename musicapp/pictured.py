"""Pictures of this site by their addresses, asked of the plugins whose they are: for mails, which fetch nothing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from musicapp.plugins.slots import contributions


@dataclass
class PicturesAt:
    """What a contribution to `site.picture` brings: `(person, addresses)` answers the key of the stored picture, in its
    smallest size, for those of these addresses that show one of its plugin's which the person (None: a visitor) may
    see."""

    call: Callable[[Any, Collection[str]], Mapping[str, str]]
    name: str


def picture_keys(person: Any, addresses: Collection[str]) -> dict[str, str]:
    """The keys of stored pictures by their addresses, as far as somebody may see them."""
    asked = {address for address in addresses if address}
    if not asked:
        return {}
    return {address: key for one in contributions("site.picture") for address, key in one.call(person, asked).items()}
