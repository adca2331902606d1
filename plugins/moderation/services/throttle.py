"""How often somebody may report: counted in the database, so that it holds in every process and without Redis."""

import hashlib
import hmac
import ipaddress
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from musicapp.errors import TooOften
from plugins.moderation.models import Attempt
from plugins.moderation.services.persons import Person
from plugins.moderation.settings import limits

HOUR_S = 60 * 60
UNSYNCED = {"synchronize_session": False}


def count_report(person: Person | None, came_from: str) -> None:
    """Count a report of somebody, or of a visitor's network, before it is made. Raises TooOften."""
    if person is not None:
        count(keyed(f"person {person.id}"), limits().reports)
    else:
        count(visitor_key(came_from), limits().visitor_reports)


def count(key: str, most: int) -> None:
    at = now()
    window = datetime.fromtimestamp(int(at.timestamp()) // HOUR_S * HOUR_S, UTC)
    one_more = (
        insert_for(Attempt)
        .values(key=key, window_at=window, tries=1)
        .on_conflict_do_update(index_elements=["key", "window_at"], set_={"tries": Attempt.tries + 1})
        .returning(Attempt.tries)
    )
    with writing():
        tries: int = session().execute(one_more, execution_options=UNSYNCED).scalar_one()
    if tries > most:
        wait_s = int((window + timedelta(seconds=HOUR_S) - at).total_seconds()) + 1
        minutes = -(-wait_s // 60)
        raise TooOften(f"These are many reports in a short time. Try again in {minutes} min.", retry_after_s=wait_s)


def visitor_key(came_from: str) -> str:
    """What is kept of where a visitor comes from: enough to know the same network again, and no address."""
    return keyed(f"network {network(came_from)}")


def keyed(text: str) -> str:
    return hmac.new(current_app.config["SECRET_KEY"].encode(), text.encode(), hashlib.sha256).hexdigest()


def network(came_from: str) -> str:
    """The address; of IPv6 the network of 64 bits that one customer usually has."""
    try:
        address = ipaddress.ip_address(came_from)
    except ValueError:
        return came_from
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else came_from


def forget_windows(before: datetime) -> None:
    """Delete what was counted in windows before a moment."""
    with writing() as unit:
        unit.execute(sa.delete(Attempt).where(Attempt.window_at < before), execution_options=UNSYNCED)
