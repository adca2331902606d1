"""An artist's songs as a sheet: taken out, changed in a spreadsheet, and brought back by the rules of the studio."""

from plugins.catalog.services.sheet_changes.applying import apply_change
from plugins.catalog.services.sheet_changes.columns import COLUMNS
from plugins.catalog.services.sheet_changes.planning import plan_changes
from plugins.catalog.services.sheet_changes.remembering import WayBack
from plugins.catalog.services.sheet_changes.rows import count_sheet_rows, sheet_rows
from plugins.catalog.services.sheet_changes.undoing import undo_change

__all__ = ["COLUMNS", "WayBack", "apply_change", "count_sheet_rows", "plan_changes", "sheet_rows", "undo_change"]
