"""What the worker does: rings come in here and become jobs that are done. `musicapp.jobs.working` runs it.

It has two slots, of which a long job may take one, and it is the scheduler too: Celery beat runs in it as a thread.
"""

import logging
import signal
from typing import Any

from celery import beat, signals
from sqlalchemy.exc import OperationalError

from musicapp.errors import is_away
from musicapp.jobs.broker import WORKING, make_celery
from musicapp.jobs.doorbell import ring as ring_for
from musicapp.jobs.long_slot import long_slot
from musicapp.jobs.queue import claim, next_due
from musicapp.jobs.running import run
from musicapp.jobs.sweeping import sweep as sweep_once
from musicapp.own_site import own_site, ready_to_fork
from musicapp.tether import tether

SLOTS = 2
SHORT_LIMIT_S = 10 * 60
LONG_LIMIT_S = 6 * 60 * 60
SWEEP_EXPIRES_S = 30
LARGEST_SLOT_KB = 300_000

log = logging.getLogger(__name__)
app = own_site()
if app.extensions["redis_address"] is None:
    raise SystemExit("The worker needs Redis, and none is running. Start the site with `make run`, or set REDIS_URL.")
celery = make_celery(app.extensions["redis_address"], app.config["SITE_URL"], WORKING)
celery.conf.update(
    worker_concurrency=SLOTS,
    worker_prefetch_multiplier=1,
    worker_lost_wait=0.5,
    worker_proc_alive_timeout=30,
    worker_max_memory_per_child=LARGEST_SLOT_KB,
    worker_enable_remote_control=False,
    worker_enable_prefetch_count_reduction=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    beat_schedule={
        "sweep": {
            "task": "sweep",
            "schedule": app.config["JOB_SWEEP_S"],
            "options": {"expires": SWEEP_EXPIRES_S},
        }
    },
)


def ring(job_id: int) -> None:
    """Do this short job, if nobody else does."""
    with app.app_context():
        if held := claim(job_id, long=False):
            run(held)


def ring_long(job_id: int) -> None:
    """Do this long job, if no other long one runs on this machine; then ring for the next."""
    with app.app_context():
        with long_slot(app.config["INSTANCE"]) as free:
            held = claim(job_id, long=True) if free else None
            if held is None:
                return
            run(held)
        if (following := next_due(long=True)) is not None:
            ring_for(following, long=True)


def sweep() -> None:
    """Do what is due and was not rung for."""
    with app.app_context():
        try:
            sweep_once()
        except OperationalError as problem:
            if not is_away(problem):
                raise
            log.warning("Nobody looked for work: the database could not be used (%s).", problem.orig)


def keep_our_logs(**_: Any) -> None:
    """Celery would set up logs of its own; ours stand already, and say one line per job instead of three."""
    for name in ("celery.worker.strategy", "celery.app.trace", "celery.beat"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("kombu.transport.virtual.base").setLevel(logging.ERROR)
    for name in ("celery.beat", "celery.worker.request"):
        logging.getLogger(name).addFilter(first_line)


def first_line(record: logging.LogRecord) -> bool:
    """That Redis is down, or that a slot was killed, takes one line, and not two stacks each time."""
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    record.exc_info = record.exc_text = None
    return True


def prepare_to_fork(**_: Any) -> None:
    """The slots are forks: they must inherit no connection, should share all the memory they can, and end with the
    worker. One whose worker was killed would work on without time limits and without anybody knowing."""
    ready_to_fork(app)
    tie = tether(signal.SIGKILL)
    if tie is not None:
        signals.worker_process_init.connect(lambda **_: tie(), weak=False)


def start_beat(**_: Any) -> None:
    """The schedule lives in the database, so beat needs no file and rings only for the sweep."""
    beat.EmbeddedService(celery, thread=True, scheduler_cls=beat.Scheduler).start()


celery.task(name="ring", time_limit=SHORT_LIMIT_S)(ring)
celery.task(name="ring_long", time_limit=LONG_LIMIT_S)(ring_long)
celery.task(name="sweep", time_limit=SHORT_LIMIT_S + SWEEP_EXPIRES_S)(sweep)
signals.setup_logging.connect(keep_our_logs)
signals.worker_init.connect(prepare_to_fork)
signals.worker_ready.connect(start_beat)
