"""Sheets whose job was given up or cancelled, and the way to imports from where artists edit their music."""

from musicapp.database import writing
from musicapp.jobs import JobCancelled, JobDied
from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import imports


@plugin.on(JobDied)
def say_that_it_failed(died: JobDied) -> None:
    """Tell who brought a sheet in that its job was given up."""
    stop(died, "Something went wrong on our side")


@plugin.on(JobCancelled)
def say_that_it_was_stopped(cancelled: JobCancelled) -> None:
    """Tell who brought a sheet in that its job was cancelled."""
    stop(cancelled, "An admin stopped this")


def stop(ended: JobDied | JobCancelled, why: str) -> None:
    """Let the sheet of a job be under way no longer; `why` begins the sentence that its page says."""
    if ended.kind == "reports.read_import":
        imports.refuse_brought(ended.payload["brought_id"], f"{why} while the sheet was read. Bring it in once more.")
    elif ended.kind == "reports.apply_import":
        rest = "before all rows were through. What is done stays; the rest can be applied again."
        with writing():
            imports.finish_applying(ended.payload["brought_id"], problem=f"{why} {rest}")
    elif ended.kind == "reports.undo_import":
        rest = "before all rows were taken back. What is taken back stays so; undo the sheet again for the rest."
        with writing():
            imports.finish_undoing(ended.payload["brought_id"], problem=f"{why} {rest}")


@plugin.fills("catalog.studio_acts")
def sheet_button() -> str:
    """The way to the sheets that an artist may bring in."""
    if not any(kind.scope == "artist" for kind in imports.imports_for(signed_in())):
        return ""
    return fragment("reports/_sheet_button.html")
