"""Claims about the pages of jobs: what admins see of the work in the background, and what they may do to it."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.models import Job
from tests.people import add_person, bearer, post, sign_in

HOSTILE = "<script>alert(1)</script>"


def add_job(app: Flask, state: str, **values: object) -> int:
    with app.app_context(), writing() as unit:
        job = Job(kind="site.clear_old_jobs", payload={"period": HOSTILE}, state=state, **values)
        unit.add(job)
        unit.flush()
        return job.id


def state_of(app: Flask, job_id: int) -> str | None:
    with app.app_context():
        return db.session.scalar(sa.select(Job.state).where(Job.id == job_id))


def test_an_admin_sees_how_far_jobs_are_and_why_others_were_given_up(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, role="admin"))
    an_hour_ago = now() - timedelta(hours=1)
    add_job(app, "running", rows_done=1200, rows_total=4800, attempts=2, started_at=an_hour_ago)
    add_job(app, "waiting", run_after=now() + timedelta(hours=2))
    add_job(app, "dead", attempts=5, last_error=f"No space left {HOSTILE}", finished_at=an_hour_ago)
    add_job(app, "done", started_at=an_hour_ago, finished_at=an_hour_ago + timedelta(seconds=90))
    page = client.get("/jobs").text
    assert "1,200 of 4,800 rows" in page
    assert 'value="25"' in page
    assert "attempt 2" in page
    assert "No space left &lt;script&gt;" in page
    assert HOSTILE not in page
    assert "took 2 min" in page
    assert "Forget jobs that ended a month ago" in page
    assert "Daily at 03:30" in page
    assert "Times are those of UTC" in page
    assert 'http-equiv="refresh"' in page


def test_a_dead_job_is_tried_again_or_discarded_once(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, role="admin"))
    again, away, waiting = add_job(app, "dead", attempts=5), add_job(app, "dead"), add_job(app, "waiting")
    assert post(client, f"/jobs/{again}/retry", page="/jobs").location == "/jobs"
    assert post(client, f"/jobs/{away}/discard", page="/jobs").location == "/jobs"
    assert (state_of(app, again), state_of(app, away)) == ("waiting", "cancelled")
    assert post(client, f"/jobs/{away}/retry", page="/jobs").status_code == 409
    assert post(client, f"/jobs/{waiting}/cancel", page="/jobs").location == "/jobs"
    assert post(client, "/jobs/999999/discard", page="/jobs").status_code == 404
    dead = [add_job(app, "dead", attempts=5) for _ in range(2)]
    assert post(client, "/jobs/retry", page="/jobs").location == "/jobs"
    assert "2 jobs are tried again" in client.get("/jobs").text
    assert [state_of(app, job_id) for job_id in dead] == ["waiting", "waiting"]
    assert "Cancelled" in client.get("/jobs/cancelled").text


def test_only_admins_see_and_change_jobs(app: Flask, client: FlaskClient) -> None:
    job_id = add_job(app, "dead")
    mira = add_person(app)
    sign_in(client, mira)
    assert [client.get(path).status_code for path in ("/jobs", "/jobs/dead")] == [403, 403]
    assert post(client, f"/jobs/{job_id}/retry").status_code == 403
    token = bearer(app, mira)
    assert client.get("/api/jobs", headers=token).status_code == 403
    assert client.delete(f"/api/jobs/{job_id}", headers=token).status_code == 403
    assert app.test_client().get("/api/schedule").status_code == 401
    assert state_of(app, job_id) == "dead"


def test_programs_of_admins_page_through_jobs_and_mend_them(app: Flask, client: FlaskClient) -> None:
    token = bearer(app, add_person(app, role="admin"))
    dead = [add_job(app, "dead", last_error="broken") for _ in range(3)]
    first = client.get("/api/jobs?state=dead&limit=2", headers=token).get_json()
    rest = client.get(f"/api/jobs?state=dead&limit=2&cursor={first['next']}", headers=token).get_json()
    assert [job["id"] for job in first["data"] + rest["data"]] == dead[::-1]
    assert (rest["next"], first["data"][0]["last_error"]) == (None, "broken")
    assert client.post(f"/api/jobs/{dead[0]}/retry", headers=token).status_code == 200
    assert client.delete(f"/api/jobs/{dead[1]}", headers=token).status_code == 200
    assert client.post(f"/api/jobs/{dead[0]}/cancel", headers=token).status_code == 200
    assert client.post("/api/jobs/retry", headers=token).get_json()["data"] == {"jobs": 1}
    assert [state_of(app, job_id) for job_id in dead] == ["cancelled", "cancelled", "waiting"]
    kinds = [one["kind"] for one in client.get("/api/schedule", headers=token).get_json()["data"]["planned"]]
    assert "site.clear_old_jobs" in kinds
