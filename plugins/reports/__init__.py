"""Reports: reminders, the monthly report, posts to chats, and sheets that people take out and bring back."""

from musicapp import Plugin
from plugins.reports.services.points import Audience, Export, Import, News, Reminder, ReportSection

plugin = Plugin("reports", __name__, title="Reports", requires=["auth", "inbox"], url_prefix="", api_prefix="/api")

for page, endpoint, icon in (
    ("Monthly reports", ".report_runs", "calendar"),
    ("Exports", ".exports", "download"),
    ("Import", ".imports", "upload"),
    ("Chats", ".chats", "message-circle"),
):
    plugin.nav(page, endpoint, permission="site.admin", icon=icon, place="admin", group="Reports")

plugin.collects("reports.audience", Audience)
plugin.collects("reports.section", ReportSection)
plugin.collects("reports.reminder", Reminder)
plugin.collects("reports.export", Export)
plugin.collects("reports.import", Import)
plugin.collects("reports.news", News)

plugin.offers("reports.report_acts")
