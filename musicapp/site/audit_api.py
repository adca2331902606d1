"""The audit log for programs."""

from datetime import date
from typing import Any

from flask import Response
from pydantic import Field

from musicapp.api import PageQuery, listing
from musicapp.audit.models import LONGEST_ACTION, LONGEST_KIND
from musicapp.audit.reading import FIRST_DAY, LAST_DAY, ActRow, Wanted, acts
from musicapp.paging import Page
from musicapp.site import plugin
from musicapp.site.audit_page import LARGEST_ID, LARGEST_PERSON

NAMES = r"^[a-z0-9_.]*$"


class AuditQuery(PageQuery):
    """Which acts are listed."""

    by: int | None = Field(None, ge=1, le=LARGEST_PERSON, description="The account that did it.")
    action: str = Field("", max_length=LONGEST_ACTION, pattern=NAMES, description="What was done, as auth.role_given.")
    about: str = Field("", max_length=LONGEST_KIND, pattern=NAMES, description="To which kind of thing, as person.")
    about_id: int | None = Field(None, ge=0, le=LARGEST_ID, description="To which one.")
    first: date | None = Field(None, ge=FIRST_DAY, le=LAST_DAY, description="The first day, on the site's clock.")
    last: date | None = Field(None, ge=FIRST_DAY, le=LAST_DAY, description="The last day.")


@plugin.api.get("/audit", permission="site.admin", query=AuditQuery)
def audit_log(query: AuditQuery) -> Response:
    """Who did what to the site and its people, the newest first."""
    wanted = Wanted(
        by_ids=None if query.by is None else [query.by],
        action=query.action,
        about_kind=query.about,
        about_id=query.about_id,
        first=query.first,
        last=query.last,
    )
    page = acts(wanted, limit=query.limit, cursor=query.cursor)
    return listing(Page([shape(row) for row in page.rows], page.next))


def shape(row: ActRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at.isoformat(),
        "action": row.action,
        "by": {"id": row.by_id, "name": row.by_name or None} if row.by_id is not None else None,
        "about": {"kind": row.about_kind, "id": row.about_id} if row.about_kind else None,
        "title": row.title or row.about_name,
        "reason": row.reason,
        "details": row.details,
    }
