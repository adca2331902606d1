"""Which secret links a browser has opened: kept in its session, and told to the services that ask."""

from typing import cast

from flask import Flask, has_request_context, session
from flask.blueprints import BlueprintSetupState

from plugins.catalog import plugin
from plugins.catalog.services.sharing import MOST_OPENED, ask_who_opened

KEPT = "catalog_links"


def opened_here() -> tuple[str, ...]:
    """The hashes of the links that this browser has opened, the latest first."""
    return tuple(session.get(KEPT, ())) if has_request_context() else ()


def remember_opened(link: str) -> None:
    """Keep a link that this browser opens now; of many, the latest."""
    others = [one for one in opened_here() if one != link]
    session[KEPT] = [link, *others][:MOST_OPENED]


@plugin.record_once
def tell_services(state: BlueprintSetupState) -> None:
    """Let visibility ask for the links of this browser in every request, whichever plugin answers it."""
    ask_who_opened(cast(Flask, state.app), opened_here)
