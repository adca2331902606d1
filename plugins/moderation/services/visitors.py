"""Who reports without an account, as far as it is kept, and how often anybody may."""

import hashlib
import hmac
from datetime import timedelta

from flask import current_app

from musicapp.throttle import Purse, network_of
from plugins.moderation.services.persons import Person
from plugins.moderation.settings import limits

HOUR = timedelta(hours=1)


def reports_by(person: Person | None, came_from: str) -> Purse:
    """The reports of somebody, or those from a visitor's network."""
    if person is not None:
        return Purse("moderation.reports of", str(person.id), limits().reports, HOUR)
    return Purse("moderation.reports from", network_of(came_from), limits().visitor_reports, HOUR)


def visitor_key(came_from: str) -> str:
    """What is kept of where a visitor comes from: enough to know the same network again, and no address."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"network {network_of(came_from)}".encode(), hashlib.sha256).hexdigest()
