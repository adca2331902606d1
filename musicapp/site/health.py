"""How the site is: the kernel's own checks and those of the plugins."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from musicapp.database import db
from musicapp.errors import Refused
from musicapp.jobs import health as jobs_health
from musicapp.mail import health as mail_health
from musicapp.plugins.site import current_site
from musicapp.plugins.slots import contained
from musicapp.site.found import Health
from musicapp.storage import media_store

ORDER = ("ok", "degraded", "down")


def all_checks() -> list[Health]:
    checks = [database(), files(), *jobs_health.checks(), mail_health.check(), plugins()]
    for name, check in current_site().health_checks:
        checks.append(contained(name, "health", check) or Health(name, "degraded", "its own check failed"))
    return checks


def worst(checks: list[Health]) -> str:
    return max((check.state for check in checks), key=ORDER.index, default="ok")


def database() -> Health:
    try:
        db.session.execute(sa.select(1))
    except SQLAlchemyError as error:
        return Health("database", "down", type(error).__name__)
    return Health("database", "ok", db.engine.dialect.name)


def files() -> Health:
    """Whether the place where music and covers lie can be had."""
    try:
        media_store().check()
    except (Refused, LookupError, OSError) as error:
        return Health("files", "degraded", str(error) or type(error).__name__)
    return Health("files", "ok")


def plugins() -> Health:
    stopped = [state.name for state in current_site().states.values() if state.state == "stopped"]
    return Health("plugins", "degraded" if stopped else "ok", f"stopped: {', '.join(stopped)}" if stopped else "")
