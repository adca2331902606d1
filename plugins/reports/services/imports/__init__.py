"""Imports: sheets that people bring in, what they would change, changing it, and taking that back."""

from plugins.reports.services.imports.applying import apply_rows, finish_applying, start_applying
from plugins.reports.services.imports.bringing import bring_in
from plugins.reports.services.imports.forgetting import forget, forget_old, remove_orphans
from plugins.reports.services.imports.kinds import import_for, imports_for
from plugins.reports.services.imports.looking import Looked, keep_looked, look_at, refuse_brought
from plugins.reports.services.imports.seeing import (
    Brought,
    BroughtLine,
    Counts,
    brought_by,
    brought_lines,
    brought_sheet,
)
from plugins.reports.services.imports.undoing import finish_undoing, start_undoing, undo_rows, undoable_until

__all__ = [
    "Brought",
    "BroughtLine",
    "Counts",
    "Looked",
    "apply_rows",
    "bring_in",
    "brought_by",
    "brought_lines",
    "brought_sheet",
    "finish_applying",
    "finish_undoing",
    "forget",
    "forget_old",
    "import_for",
    "imports_for",
    "keep_looked",
    "look_at",
    "refuse_brought",
    "remove_orphans",
    "start_applying",
    "start_undoing",
    "undo_rows",
    "undoable_until",
]
