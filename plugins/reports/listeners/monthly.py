"""The kinds of alerts by which people hear of their monthly reports, and the report of who runs the site."""

from collections.abc import Callable

from musicapp.blocks import Block
from musicapp.security import holds
from musicapp.site.stored_settings import site_settings
from musicapp.spans import Span
from plugins.auth.services import Person, people_with_role
from plugins.reports import plugin
from plugins.reports.services.limits import limits
from plugins.reports.services.monthly.running_site import numbers_of_work
from plugins.reports.services.monthly.telling import OTHER_KIND, letter_of


def is_mailed() -> bool:
    """Whether who never chose gets reports by mail."""
    return limits().mail_unasked


def monthly_kind(name: str, title: str, words: str) -> Callable[[Callable[[Person], bool]], Callable[[Person], bool]]:
    """A kind of alert whose mail is the report itself."""
    return plugin.contributes("inbox.kind", name=name, title=title, words=words, email=is_mailed, letter=letter_of)


@monthly_kind("reports.monthly_listener", "Your month in music", "On the 30th: what you heard, and what was new.")
@monthly_kind(OTHER_KIND, "Other monthly reports", "What else here is told once a month.")
def for_listeners(_person: Person) -> bool:
    """Everybody may listen."""
    return True


@monthly_kind("reports.monthly_artist", "Your music's month", "On the 30th: who heard the music that you publish.")
def for_artists(person: Person) -> bool:
    """Those who publish."""
    return "artist" in person.role_names


@monthly_kind("reports.monthly_admin", "The site's month", "On the 30th: how the site did.")
def for_admins(person: Person) -> bool:
    """Those who run the site."""
    return holds(person.role_names, "site.admin")


@plugin.contributes("reports.audience", name="admin", title="The site", words="How the site did, for who runs it.")
def admins(_span: Span, after: tuple[int, int], limit: int) -> list[tuple[int, int, str]]:
    """All who run the site, about the site."""
    person_id, subject_id = after
    begin = person_id if subject_id >= 0 else person_id - 1
    return [(admin_id, 0, site_settings().name) for admin_id in people_with_role("admin", begin, limit)]


@plugin.contributes(
    "reports.section", name="reports.work", audience="admin", heading="Work in the background", order=80
)
def work(_person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """Jobs that were given up, and what became of mails."""
    return numbers_of_work(span)
