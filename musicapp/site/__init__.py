"""The kernel's own plugin: home, search, health and the list of plugins. It only shows what plugins give."""

from musicapp.appeals import AppealTime
from musicapp.evidence import FactsAbout
from musicapp.mail import LetterKind
from musicapp.moving.points import AroundMove
from musicapp.numbers import SiteNumber
from musicapp.pictured import PicturesAt
from musicapp.plugins.contract import Plugin
from musicapp.withheld import WithheldFrom

plugin = Plugin("site", __name__, title="Site", url_prefix="", api_prefix="/api")
plugin.right("site.admin", roles=["admin"])
plugin.nav("Home", ".home", permission="public", icon="house")
plugin.nav("Search", ".search", permission="listen", icon="search")
plugin.nav("Overview", ".overview", permission="site.admin", icon="server", place="admin", group="Overview")
plugin.nav("Health", ".health_page", permission="site.admin", icon="activity", place="admin")
plugin.nav("Jobs", ".jobs", permission="site.admin", icon="rotate-cw", place="admin")
plugin.nav("Mail", ".outbox", permission="site.admin", icon="mail", place="admin")
plugin.nav("Settings", ".settings", permission="site.admin", icon="settings", place="admin")
plugin.nav("Plugins", ".plugins", permission="site.admin", icon="plug", place="admin")
plugin.nav("Audit log", ".audit", permission="site.admin", icon="list", place="admin")
plugin.offers("site.home")
plugin.offers("site.side")
plugin.offers("site.head_actions")
plugin.offers("site.queue")
plugin.offers("site.export")
plugin.collects("site.appeal_time", AppealTime)
plugin.collects("site.fact", FactsAbout)
plugin.collects("site.letter", LetterKind)
plugin.collects("site.move", AroundMove)
plugin.collects("site.number", SiteNumber)
plugin.collects("site.picture", PicturesAt)
plugin.collects("site.withheld", WithheldFrom)

from musicapp.backup import tasks as backup_tasks  # noqa: E402, F401 (the backup of every night)
from musicapp.site import (  # noqa: E402, F401 (what the rooms declare is heard)
    api,
    audit_api,
    audit_page,
    caught_mail,
    health_page,
    jobs,
    jobs_api,
    metrics,
    models,
    numbers_api,
    outbox,
    outbox_api,
    overview,
    own_numbers,
    plugin_pages,
    searching,
    setting_pages,
    settings_api,
    stored_settings,
    tasks,
    views,
)
