"""Addresses of chats: checked when they are given, secret from then on."""

from urllib.parse import urlsplit

from musicapp.errors import Invalid
from musicapp.reaching import NotAllowed, NotReached, checked_target
from plugins.reports.services.chats.kinds import Service

SHOWN_SIGNS = 4


def check_address(service: Service, address: str) -> None:
    """Look an address up once, outside `writing()`; raises Invalid with a sentence when nothing may be posted there."""
    try:
        target = checked_target(address)
    except (NotAllowed, NotReached) as refused:
        raise wrong(str(refused)) from refused
    if target.is_own:
        return
    if target.scheme != "https":
        raise wrong("Posts would be read on their way there. Give an address that begins with https://.")
    if service.hosts and target.host not in service.hosts:
        raise wrong(f"This is no address of {service.title}: those begin with https://{service.hosts[0]}/.")


def wrong(sentence: str) -> Invalid:
    return Invalid("This address cannot be used.", {"address": [sentence]})


def masked(address: str) -> str:
    """As much of an address as tells it from others: its host and its end."""
    return f"{urlsplit(address).hostname}/…{address[-SHOWN_SIGNS:]}"
