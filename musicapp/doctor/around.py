"""What stands around the site: Redis, the worker, the mail server, plugins, the clock, and its backups."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError

from musicapp.backup.nightly import nights
from musicapp.clock import now
from musicapp.database import db
from musicapp.doctor.findings import Finding
from musicapp.jobs import health as jobs_health
from musicapp.jobs.models import Job, Sweep
from musicapp.mail.server import catches_mail, sends_mail
from musicapp.plugins.site import site_of
from musicapp.redis import RedisAddress

ASKED_S = 2.0
DRIFT = timedelta(seconds=30)
RUN_IT = "Start the site; if it runs, its lines in the log say more."


def redis(app: Flask) -> Iterator[Finding]:
    """Whether it answers, and keeps what is laid into it."""
    if (health := jobs_health.redis()).state != "ok":
        yield Finding("redis", "warning", f"Redis: {health.detail}.", RUN_IT)
        return
    address: RedisAddress = app.extensions["redis_address"]
    with Redis.from_url(address.cache_url, socket_timeout=ASKED_S, socket_connect_timeout=ASKED_S) as client:
        try:
            policy = str(client.config_get("maxmemory-policy").get("maxmemory-policy", ""))
        except RedisError:
            policy = ""  # a hosted one does not say
    if policy.startswith("allkeys"):
        says = f"Redis throws away what it likes when it is full ({policy}), bells for jobs too: work starts late."
        yield Finding("redis", "warning", says, "Set its maxmemory-policy to volatile-lru or noeviction.")
    else:
        yield Finding("redis", "well", "Redis answers.")


def worker(app: Flask) -> Iterator[Finding]:
    """Whether somebody does the jobs, and which were given up."""
    load = jobs_health.look()
    for health in (jobs_health.worker(load), jobs_health.scheduler(load)):
        if health.state == "ok":
            yield Finding("worker", "well", f"The {health.name} lives{f' ({health.detail})' if health.detail else ''}.")
        else:
            yield Finding("worker", "warning", f"The {health.name}: {health.detail}.", RUN_IT)
    if load.dead:
        says = f"{load.dead} jobs were given up."
        yield Finding(
            "worker", "warning", says, "`flask --app wsgi jobs list` says why, `jobs retry` tries them again."
        )


def mail(app: Flask) -> Iterator[Finding]:
    """Whether the mail server lets the site in; no mail is sent."""
    if catches_mail():
        yield Finding("mail", "well", "Mails stay on this machine: the site is one for trying out.")
        return
    if not sends_mail():
        says = "No mail server is set, so nobody gets mails, and accounts are not confirmed."
        yield Finding("mail", "warning", says, "Set MUSICAPP_MAIL_SERVER; docs/mail.md says how.")
        return
    server = f"{app.config['MAIL_SERVER']}:{app.config['MAIL_PORT']}"
    connection = app.extensions["mailman"].get_connection()
    try:
        connection.open()
        connection.close()
    except OSError as error:
        says = f"The mail server {server} does not let the site in: {error}."
        yield Finding(
            "mail", "wrong", says, "Compare MUSICAPP_MAIL_SERVER, _PORT, _ENCRYPTION, _USERNAME and _PASSWORD."
        )
    else:
        yield Finding("mail", "well", f"The mail server {server} lets the site in.")


def plugins(app: Flask) -> Iterator[Finding]:
    states = site_of(app).states.values()
    stopped = [state for state in states if state.state == "stopped"]
    for state in stopped:
        yield Finding(
            "plugins", "wrong", f"The plugin {state.name} does not run: {state.reason}", "Mend it, or remove it."
        )
    if not stopped:
        yield Finding("plugins", "well", f"{sum(state.state == 'running' for state in states)} plugins can run.")


def clock(app: Flask) -> Iterator[Finding]:
    """Whether the clocks of this machine, of the database and of the disk agree, and none has been set back."""
    with db.engine.connect() as connection:
        others = {"the disk": disk_time(Path(app.config["INSTANCE"]))}
        if connection.dialect.name == "postgresql":
            others["the database"] = connection.scalars(sa.select(sa.func.clock_timestamp())).one()
        newest = [connection.scalar(sa.select(sa.func.max(when))) for when in (Sweep.swept_at, Job.created_at)]
    apart = {whose: abs(moment - now()) for whose, moment in others.items()}
    for whose, by in apart.items():
        if by > DRIFT:
            says = f"The clock of {whose} and that of this machine are {by.total_seconds():.0f} s apart."
            yield Finding("clock", "wrong", says, "Let both be set by NTP (timedatectl set-ntp true).")
    ahead = max((moment - now() for moment in newest if moment), default=timedelta())
    if ahead > DRIFT:
        says = f"Rows were written {ahead.total_seconds():.0f} s from now: the clock was set back, or is wrong."
        yield Finding("clock", "wrong", says, "Set it right before anything else: log-ins and schedules go by it.")
    if all(by <= DRIFT for by in apart.values()) and ahead <= DRIFT:
        yield Finding("clock", "well", "The clocks of this machine, its disk and its database agree.")


def disk_time(folder: Path) -> datetime:
    """The time that a new file gets: a disk on the network has a clock of its own."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b".")
        file.flush()
        return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)


def backups(app: Flask) -> Iterator[Finding]:
    """Whether there is a backup, and how old it is."""
    state = nights()
    if state.folder is None:
        says = "No backup is made by night."
        yield Finding("backups", "warning", says, "Set MUSICAPP_BACKUP_FOLDER; docs/backup.md says how.")
        return
    newest = (
        f"The newest backup is of {state.newest_at:%Y-%m-%d %H:%M} UTC" if state.newest_at else "There is no backup"
    )
    if state.problem:
        yield Finding(
            "backups",
            "wrong",
            f"{newest}; the last try failed: {state.problem}",
            "Mend that, then type: flask --app wsgi backup",
        )
    elif state.newest_at is None and state.first_due_at is None:
        says = "There is no backup yet: the first night is still to come."
        yield Finding("backups", "well", says, "`flask --app wsgi backup` makes one now.")
    elif state.is_late or state.newest_at is None:
        yield Finding(
            "backups", "wrong", f"{newest}.", "See whether the worker runs, and type: flask --app wsgi backup"
        )
    else:
        yield Finding("backups", "well", f"{newest}.")
