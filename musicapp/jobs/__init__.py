"""Jobs: work that must happen, kept as rows (`models`, `queue`), rung by Celery (`doorbell`) and done by the worker."""

from musicapp.jobs.queue import Claim, LeaseLost, claim, enqueue

__all__ = ["Claim", "LeaseLost", "claim", "enqueue", "init_app"]


def init_app(app: object) -> None:
    """x"""
