"""`python -m musicapp.jobs.working`: the worker as a process, without the parts of Celery's command that only talk."""

import sys
import warnings

from musicapp.plugins.problems import PluginRefused
from musicapp.settings import SettingsError


def main() -> None:
    """Do jobs until somebody asks to stop; one that is cut off by the stop is done again later."""
    try:
        from musicapp.jobs.worker import celery
    except (PluginRefused, SettingsError) as problem:
        sys.exit(str(problem))
    # Its jobs are JSON and never pickled.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser")
    worker = celery.Worker(quiet=True, without_gossip=True, without_mingle=True, without_heartbeat=True)
    worker.start()
    sys.exit(worker.exitcode)


if __name__ == "__main__":
    main()
