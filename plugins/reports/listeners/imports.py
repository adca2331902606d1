"""What becomes of a sheet whose job was given up, and the way to imports from where artists edit their music."""

from musicapp.database import writing
from musicapp.jobs import JobDied
from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import imports

GAVE_UP = "Something went wrong on our side while this sheet was read. It is in the site's log; try once more."
STOPPED = (
    "Something went wrong on our side before all rows were through. What is done stays; the rest can be applied again."
)
UNDO_STOPPED = (
    "Something went wrong on our side before all rows were taken back. What is taken back stays so; undo the sheet "
    "again for the rest."
)


@plugin.on(JobDied)
def say_so(died: JobDied) -> None:
    """Tell who brought a sheet in what became of it."""
    if died.kind == "reports.read_import":
        imports.refuse_brought(died.payload["brought_id"], GAVE_UP)
    elif died.kind == "reports.apply_import":
        with writing():
            imports.finish_applying(died.payload["brought_id"], problem=STOPPED)
    elif died.kind == "reports.undo_import":
        with writing():
            imports.finish_undoing(died.payload["brought_id"], problem=UNDO_STOPPED)


@plugin.fills("catalog.studio_acts")
def sheet_button() -> str:
    """The way to the sheets that an artist may bring in."""
    if not any(kind.scope == "artist" for kind in imports.imports_for(signed_in())):
        return ""
    return fragment("reports/_sheet_button.html")
