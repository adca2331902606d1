"""Jobs for programs: the same services as the pages, as JSON."""

from datetime import datetime
from typing import Any, Literal

from flask import Response
from pydantic import Field

from musicapp.api import PageQuery, answer, listing
from musicapp.jobs import services
from musicapp.jobs.ledger import site_zone, timetable
from musicapp.jobs.services import JobRow
from musicapp.paging import Page
from musicapp.site import plugin


class JobsQuery(PageQuery):
    """Which jobs are listed."""

    state: Literal["running", "waiting", "dead", "done", "cancelled"] = Field(
        "dead", description="running, waiting, dead (given up), done or cancelled."
    )


@plugin.api.get("/jobs", permission="site.admin", query=JobsQuery)
def list_jobs(query: JobsQuery) -> Response:
    """Jobs in one state, the newest first; those that wait, the next first."""
    page = services.jobs_in(query.state, query.limit, query.cursor)
    return listing(Page([shape(row) for row in page.rows], page.next))


@plugin.api.get("/schedule", permission="site.admin")
def schedule() -> Response:
    """What is scheduled, the next first, and the time zone in which it is."""
    planned = [
        {
            "kind": one.kind,
            "says": one.says,
            "last_due_at": stamp(one.last_due_at),
            "next_due_at": stamp(one.next_due_at),
        }
        for one in timetable()
    ]
    return answer({"time_zone": site_zone().key, "planned": planned})


@plugin.api.post("/jobs/<int:job_id>/retry", permission="site.admin")
def retry_job(job_id: int) -> Response:
    """Give a job that was given up new attempts, from now on."""
    services.retry(job_id)
    return answer(None, "The job is tried again.")


@plugin.api.post("/jobs/retry", permission="site.admin")
def retry_jobs() -> Response:
    """Give all jobs that were given up new attempts: how many there were."""
    return answer({"jobs": services.retry_all()}, "The jobs are tried again.")


@plugin.api.post("/jobs/<int:job_id>/cancel", permission="site.admin")
def cancel_job(job_id: int) -> Response:
    """Stop a job that waits or runs."""
    services.cancel(job_id)
    return answer(None, "The job is cancelled.")


@plugin.api.delete("/jobs/<int:job_id>", permission="site.admin")
def discard_job(job_id: int) -> Response:
    """Put a job that was given up away for good."""
    services.discard(job_id)
    return answer(None, "The job is discarded.")


def shape(row: JobRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "attempts": row.attempts,
        "last_error": row.last_error,
        "rows_done": row.rows_done,
        "rows_total": row.rows_total,
        "created_at": stamp(row.created_at),
        "run_after": stamp(row.run_after),
        "started_at": stamp(row.started_at),
        "finished_at": stamp(row.finished_at),
    }


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
