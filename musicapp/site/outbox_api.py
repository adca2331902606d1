"""The outbox for programs: the same services as the page, as JSON."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from musicapp.api import Body, PageQuery, answer
from musicapp.mail import services
from musicapp.mail.services import MailRow, Shelf, Unsent
from musicapp.site import plugin


class OutboxQuery(PageQuery):
    """Which mails are listed."""

    of: Shelf = Field("failed", description="queued, retrying, failed or sent.")
    to: str = Field("", max_length=320, description="Part of an address.")


class OutboxBody(Body):
    """Which mails are meant, all of them."""

    of: Unsent = "failed"


@plugin.api.get("/outbox", permission="site.admin", query=OutboxQuery)
def outbox_mails(query: OutboxQuery) -> Response:
    """The mails that are queued, tried again, failed (with the server's answer) or were sent, the newest first."""
    page = services.mails_on(query.of, query.to, limit=query.limit, cursor=query.cursor)
    return jsonify({"message": "", "data": [mail_shape(row) for row in page.rows], "next": page.next})


@plugin.api.post("/outbox/<long:mail_id>/resend", permission="site.admin")
def resend_mail(mail_id: int) -> Response:
    """Send a mail now that failed or waits for another try."""
    services.resend(mail_id)
    return answer(None, "The mail is on its way again.", 202)


@plugin.api.post("/outbox/resend", permission="site.admin", body=OutboxBody)
def resend_all_mails(body: OutboxBody) -> Response:
    """Send all mails now that failed, or that wait for another try."""
    return answer({"mails": services.resend_all(body.of)}, "They are on their way again.", 202)


@plugin.api.delete("/outbox/<long:mail_id>", permission="site.admin")
def discard_mail(mail_id: int) -> Response:
    """Put a mail away that was not sent; nobody gets it."""
    services.discard(mail_id)
    return answer(None, "The mail is discarded.")


@plugin.api.post("/outbox/discard", permission="site.admin", body=OutboxBody)
def discard_all_mails(body: OutboxBody) -> Response:
    """Put all mails away that failed, or that wait for another try."""
    return answer({"mails": services.discard_all(body.of)}, "They are discarded.")


def mail_shape(row: MailRow) -> dict[str, Any]:
    return {
        **vars(row),
        "next_at": row.next_at.isoformat() if row.state == "waiting" else None,
        "created_at": row.created_at.isoformat(),
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
    }
