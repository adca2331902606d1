"""Secret links for programs: to make, see and withdraw those to one's own music and lists."""

from typing import Any, Literal

from flask import Response, url_for
from pydantic import Field

from musicapp.api import Body, Query, answer
from plugins.catalog import plugin
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.api.bodies import Id
from plugins.catalog.services import sharing
from plugins.catalog.services.sharing import ShareLinkRow

Kind = Literal["song", "album", "playlist"]


class SubjectQuery(Query):
    """What the links lead to."""

    kind: Kind
    id: Id


class ShareLinkBody(Body):
    """What a link leads to, and how long it works: 1, 7 or 30 days, or null for no end."""

    kind: Kind
    id: Id
    days: int | None = Field(7, description="1, 7 or 30; null: no end.")


@plugin.api.get("/share-links", permission="member", query=SubjectQuery)
def share_links(query: SubjectQuery) -> Response:
    """The secret links to something of yours that still work, without their secrets."""
    return answer([link_shape(link) for link in sharing.links_to(person_who_asks(), query.kind, query.id)])


@plugin.api.post("/share-links", permission="member", body=ShareLinkBody)
def make_share_link(body: ShareLinkBody) -> Response:
    """Make a link by which anybody sees and hears something of yours; its address is told only now."""
    link_id, secret = sharing.make_link(person_who_asks(), body.kind, body.id, body.days)
    address = url_for("catalog.open_share_link", secret=secret, _external=True)
    location = url_for("catalog.api.withdraw_share_link", link_id=link_id)
    return answer({"id": link_id, "url": address}, "Keep this address: it is not shown again.", 201, location=location)


@plugin.api.delete("/share-links/<int:link_id>", permission="member")
def withdraw_share_link(link_id: int) -> Response:
    """End a link at once, also for those who opened it."""
    sharing.withdraw_link(person_who_asks(), link_id)
    return answer(None, "The link is withdrawn.")


def link_shape(link: ShareLinkRow) -> dict[str, Any]:
    return {
        "id": link.id,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat() if link.expires_at else None,
        "opened_count": link.opened_count,
    }
