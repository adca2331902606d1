"""What the owner of a site sets for reports."""

from musicapp.settings import Settings, setting
from plugins.reports import plugin


class ReportsSettings(Settings):
    """What people get without asking, and how often."""

    mail_unasked: bool = setting(
        True, "Reports and reminders are mailed to people who never said no; otherwise only to those who ask for them."
    )
    away_days: int = setting(
        14, "Days after which listeners who stay away hear what is new for them; 0 for never.", ge=0, le=366
    )

    export_days: int = setting(7, "Days for which the file of an export is kept.", ge=1, le=365)
    exports_at_once: int = setting(3, "Exports that one person may have under way at once.", ge=1, le=100)
    export_xlsx_rows: int = setting(
        100_000, "Most rows of an export as XLSX; longer ones are made as CSV.", ge=1, le=1_000_000
    )
    export_ods_rows: int = setting(
        5_000, "Most rows of an export as ODS, which takes long to make; longer ones are made as CSV.", ge=1, le=20_000
    )
    import_undo_days: int = setting(
        7, "Days for which a sheet that was brought in and applied can be undone; 0 for never.", ge=0, le=90
    )


limits = plugin.settings(ReportsSettings)
