"""Programs that watch the site from outside: those that have the token, or without one those of this machine."""

import hmac
from ipaddress import ip_address

from flask import current_app, request

from musicapp.proxies import was_forwarded


def is_watcher() -> bool:
    """Whether the request carries the token; where none is set, whether it comes from this machine and no proxy."""
    token = current_app.config["METRICS_TOKEN"]
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return not was_forwarded(request.environ) and is_loopback(request.remote_addr or "")


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
