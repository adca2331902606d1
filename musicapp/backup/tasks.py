"""The nightly backup as a job, and how it is on the health page."""

from datetime import datetime

from flask import Flask, current_app

from musicapp.backup.nightly import KIND, nights, save_the_night
from musicapp.jobs.running import RunningJob
from musicapp.jobs.schedule import daily
from musicapp.site import plugin
from musicapp.site.found import Health


@plugin.job(KIND, schedule=daily(at="02:30"), long=True)
def save_site(job: RunningJob, period: str, since: str, until: str) -> None:
    """Save the site into the folder that MUSICAPP_BACKUP_FOLDER names; of nights that were missed, the last."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    save_the_night(app, datetime.fromisoformat(until), job.progress)


@plugin.health
def backups() -> Health:
    """Whether the backup of last night is there."""
    state = nights()
    if state.folder is None:
        return Health("backups", "ok", "none is made by night: MUSICAPP_BACKUP_FOLDER is not set")
    newest = f"the newest is of {state.newest_at:%Y-%m-%d %H:%M} UTC" if state.newest_at else "there is none yet"
    if state.problem:
        # Everybody may read the detail, and paths and hosts are nobody's business; admins alone see the remedy.
        remedy = f"It ended with “{state.problem}” Mend that; the next night tries again."
        return Health("backups", "degraded", f"the last one failed; {newest}", remedy)
    if state.is_late:
        return Health("backups", "degraded", newest, "See on the page of jobs what became of site.backup.")
    return Health("backups", "ok", newest)
