"""`python -m musicapp.jobs.alive`: whether a worker has shown itself lately, for what watches over containers."""

import sys

import sqlalchemy as sa

from config import ROOT, Config
from musicapp.clock import now
from musicapp.jobs.health import MISSED_SWEEPS
from musicapp.jobs.models import Sweep
from musicapp.settings import environment


def main() -> str:
    """Nothing when all is well, else a sentence, which ends the program with 1."""
    config = Config.read(environment(ROOT / ".env"))
    with sa.create_engine(config.database_url, poolclass=sa.NullPool).connect() as connection:
        swept_at = connection.scalar(sa.select(sa.func.max(Sweep.swept_at)))
    if swept_at is None:
        return "No worker has ever looked for work."
    silent_s = (now() - swept_at).total_seconds()
    return (
        f"No worker has looked for work for {silent_s:.0f} s." if silent_s > MISSED_SWEEPS * config.job_sweep_s else ""
    )


if __name__ == "__main__":
    sys.exit(main() or 0)
