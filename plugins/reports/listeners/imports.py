"""What becomes of a sheet whose job was given up."""

from musicapp.database import writing
from musicapp.jobs import JobDied
from plugins.reports import plugin
from plugins.reports.services import imports

GAVE_UP = "Something went wrong on our side while this sheet was read. It is in the site's log; try once more."
STOPPED = (
    "Something went wrong on our side before all rows were through. What is done stays; the rest can be applied again."
)


@plugin.on(JobDied)
def say_so(died: JobDied) -> None:
    """Tell who brought a sheet in what became of it."""
    if died.kind == "reports.read_import":
        imports.refuse_brought(died.payload["brought_id"], GAVE_UP)
    elif died.kind == "reports.apply_import":
        with writing():
            imports.finish_applying(died.payload["brought_id"], problem=STOPPED)
