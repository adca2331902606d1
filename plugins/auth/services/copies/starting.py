"""Starting a copy of everything that somebody owns: a row and its job in one commit, one at a time for each person."""

import secrets

import sqlalchemy as sa

from musicapp import throttle
from musicapp.database import insert_for, one_at_a_time, session, writing
from musicapp.jobs import enqueue
from musicapp.jobs.models import Job
from plugins.auth.models import DataCopy
from plugins.auth.services import limits

MAKING = "auth.make_data_copy"


def start_copy(person_id: int) -> bool:
    """Start a copy; False where one is under way already. Raises TooOften after a few on one day."""
    with writing() as unit:
        one_at_a_time(f"auth: data of {person_id}")
        if is_under_way(person_id):
            return False
        throttle.spend([limits.data_copies_of(person_id)])
        given_up = sa.update(DataCopy).where(DataCopy.user_id == person_id, DataCopy.state == "open")
        unit.execute(given_up.values(state="failed"))
        values = {"user_id": person_id, "secret": secrets.token_urlsafe(24)}
        made: int = unit.execute(insert_for(DataCopy).values(**values).returning(DataCopy.id)).scalar_one()
        job_id = enqueue(MAKING, {"copy_id": made})
        unit.execute(sa.update(DataCopy).where(DataCopy.id == made).values(job_id=job_id))
    return True


def is_under_way(person_id: int) -> bool:
    """Whether a copy of somebody's data waits or is being made."""
    at_work = sa.select(DataCopy.id).join(Job, Job.id == DataCopy.job_id)
    mine = at_work.where(DataCopy.user_id == person_id, DataCopy.state == "open")
    return session().scalar(mine.where(Job.state.in_(("waiting", "running"))).limit(1)) is not None
