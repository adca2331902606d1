"""Jobs of imports: reading a sheet, applying it, undoing it, forgetting it."""

from musicapp.clock import now
from musicapp.errors import Refused
from musicapp.jobs import GiveUp, RunningJob, daily
from musicapp.storage import media_store
from plugins.reports import plugin
from plugins.reports.services import imports


@plugin.job("reports.read_import")
def read_import(job: RunningJob, brought_id: int) -> None:
    """Find out what a sheet that was brought in would change."""
    looked = imports.look_at(brought_id)
    if looked is None:
        return
    with job.finish():
        useless = imports.keep_looked(brought_id, looked)
    if useless:
        media_store().delete(useless)


@plugin.job("reports.apply_import", long=True)
def apply_import(job: RunningJob, brought_id: int) -> None:
    """Apply a sheet row by row."""
    try:
        imports.apply_rows(brought_id, job.progress)
    except Refused as refused:
        raise GiveUp(refused.sentence) from refused
    with job.finish():
        imports.finish_applying(brought_id)


@plugin.job("reports.undo_import", long=True)
def undo_import(job: RunningJob, brought_id: int) -> None:
    """Take back row by row what a sheet did."""
    try:
        imports.undo_rows(brought_id, job.progress)
    except Refused as refused:
        raise GiveUp(refused.sentence) from refused
    with job.finish():
        imports.finish_undoing(brought_id)


@plugin.job("reports.forget_imports", schedule=daily("04:20"))
def forget_imports(job: RunningJob, **_period: str) -> None:
    """Forget the sheets of a week ago that cannot be undone any more, and files of which nobody knows any more."""
    imports.remove_orphans()
    while imports.forget_old(now()):
        if job.cancelled:
            return
