"""How the site is: the kernel's own checks and those of the plugins."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from musicapp.database import db, session
from musicapp.errors import Refused
from musicapp.jobs import health as jobs_health
from musicapp.mail import health as mail_health
from musicapp.plugins.site import current_site
from musicapp.plugins.slots import contained
from musicapp.site.checks import clock, disk, migrations
from musicapp.site.found import Health
from musicapp.storage import media_store

ORDER = ("ok", "degraded", "down")


def all_checks() -> list[Health]:
    """What /readyz, the health page and the overview tell. Only the database and its tables can be `down`."""
    reached = database()
    tables = [migrations(), clock()] if reached.state == "ok" else []
    checks = [reached, *tables, files(), disk(), *jobs_health.checks(), mail_health.check(), plugins()]
    for name, check in current_site().health_checks:
        checks.append(contained(name, "health", check) or Health(name, "degraded", "its own check failed"))
    return checks


def worst(checks: list[Health]) -> str:
    return max((check.state for check in checks), key=ORDER.index, default="ok")


def database() -> Health:
    try:
        db.session.execute(sa.select(1))
    except SQLAlchemyError as error:
        session().rollback()
        remedy = (
            "See whether the database runs and MUSICAPP_DATABASE_URL names it; the site's log says what it answered."
        )
        return Health("database", "down", type(error).__name__, remedy)
    return Health("database", "ok", db.engine.dialect.name)


def files() -> Health:
    """Whether the place where music and covers lie can be had."""
    try:
        media_store().check()
    except (Refused, LookupError, OSError) as error:
        said = str(error).rstrip(".") or type(error).__name__
        remedy = (
            f"{said}. Let the site's account read and write there, or mend the way to the bucket; music is silent "
            "until then."
        )
        return Health("files", "degraded", f"their place cannot be used ({type(error).__name__})", remedy)
    return Health("files", "ok")


def plugins() -> Health:
    stopped = [state.name for state in current_site().states.values() if state.state == "stopped"]
    if not stopped:
        return Health("plugins", "ok")
    remedy = "The page of plugins says why; mend that and start the site again."
    return Health("plugins", "degraded", f"stopped: {', '.join(stopped)}", remedy)
