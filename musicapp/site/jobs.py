"""The pages of jobs for admins: what runs, waits, was given up or is done, and what is scheduled."""

from inspect import getdoc

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.jobs import health, services
from musicapp.jobs.ledger import site_zone, timetable
from musicapp.plugins.site import current_site
from musicapp.site import plugin

TITLES = {
    "running": "Running",
    "waiting": "Waiting",
    "dead": "Given up",
    "done": "Done",
    "cancelled": "Cancelled",
}
SHOWN_AT_ONCE = 10


@plugin.get("/jobs", permission="site.admin")
def jobs() -> str:
    """How the work in the background goes, and what is scheduled."""
    counts = services.counted()
    return render_template(
        "site/jobs.html",
        titles=TITLES,
        jobs=services.first_in(("running", "dead", "waiting", "done"), SHOWN_AT_ONCE),
        at_once=SHOWN_AT_ONCE,
        counts=counts,
        chips=chips("", counts),
        checks=[check for check in health.checks() if check.state != "ok"],
        planned=timetable(),
        zone=site_zone().key,
        words=words_of,
    )


@plugin.get("/jobs/<any(running, waiting, dead, done, cancelled):state>", permission="site.admin")
def jobs_in(state: str) -> str:
    """All jobs in one state, page by page."""
    page = services.jobs_in(state, cursor=request.args.get("cursor"))
    return render_template(
        "site/jobs_in.html",
        state=state,
        title=TITLES[state],
        page=page,
        next_url=url_for(".jobs_in", state=state, cursor=page.next) if page.next else "",
        chips=chips(state, services.counted()),
        zone=site_zone().key,
        words=words_of,
    )


def chips(chosen: str, counts: dict[str, int]) -> list[tuple[str, str, bool, int | None]]:
    """The ways from one state to the others, with how many there are where that is counted."""
    states = [
        (title, url_for(".jobs_in", state=state), state == chosen, counts.get(state)) for state, title in TITLES.items()
    ]
    return [("Now", url_for(".jobs"), not chosen, None), *states]


def words_of(kind: str) -> str:
    """What a kind of job does, as its function says first; "" for one whose plugin does not run."""
    declared = current_site().jobs.get(kind)
    return " ".join((getdoc(declared.function) or "").partition("\n\n")[0].split()) if declared else ""


@plugin.post("/jobs/<int:job_id>/retry", permission="site.admin")
def retry_job(job_id: int) -> ResponseReturnValue:
    """Give a dead job new attempts."""
    services.retry(job_id)
    flash("The job is tried again.", "success")
    return redirect(url_for(".jobs"), 303)


@plugin.post("/jobs/retry", permission="site.admin")
def retry_jobs() -> ResponseReturnValue:
    """Give all dead jobs new attempts."""
    count = services.retry_all()
    flash(f"{count:,} {'job is' if count == 1 else 'jobs are'} tried again.", "success")
    return redirect(url_for(".jobs"), 303)


@plugin.post("/jobs/<int:job_id>/discard", permission="site.admin")
def discard_job(job_id: int) -> ResponseReturnValue:
    """Put a dead job away for good."""
    services.discard(job_id)
    flash("The job is discarded.", "success")
    return redirect(url_for(".jobs"), 303)


@plugin.post("/jobs/<int:job_id>/cancel", permission="site.admin")
def cancel_job(job_id: int) -> ResponseReturnValue:
    """Stop a job that waits or runs."""
    services.cancel(job_id)
    flash("The job is cancelled.", "success")
    return redirect(url_for(".jobs"), 303)
