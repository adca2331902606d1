"""The inbox for programs: the same services as the pages, as JSON."""

from typing import Annotated, Any

from flask import Response, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from musicapp.api import Body, PageQuery, answer
from musicapp.api.envelope import cached
from musicapp.security import signed_in
from plugins.inbox import plugin
from plugins.inbox.services import alerts, preferences
from plugins.inbox.services.alerts import AlertRow
from plugins.inbox.services.unsubscribing import kind_of_token, unsubscribe

MOST_AT_ONCE = 500


class ReadBody(Body):
    """Which alerts were seen; without `ids`, all of them."""

    ids: list[Annotated[int, Field(ge=1, le=2**63 - 1)]] | None = Field(None, max_length=MOST_AT_ONCE)


class WaysBody(Body):
    """How to be told of one kind; what is left out stays as it is."""

    page: bool | None = None
    email: bool | None = None


class PreferencesBody(Body):
    """How to be told, by the name of each kind."""

    preferences: dict[str, WaysBody] = Field(max_length=100)


class UnreadShape(BaseModel):
    """How many alerts were not seen yet; 100 stands for 100 and more."""

    unread: int


@plugin.api.get("", permission="member", query=PageQuery)
def inbox(query: PageQuery) -> Response:
    """What you were told, the newest first, and how much of it you have not seen (100 stands for more)."""
    person = signed_in()
    page = alerts.alerts_of(person, limit=query.limit, cursor=query.cursor)
    rows = [alert_shape(row) for row in page.rows]
    return jsonify({"message": "", "data": rows, "next": page.next, "unread": alerts.unread_count(person)})


@plugin.api.get("/unread", permission="member", answer=UnreadShape)
def unread() -> Response:
    """How many alerts you have not seen, for a badge: small, and 304 while nothing changed."""
    return cached(answer(UnreadShape(unread=alerts.unread_count(signed_in()))))


@plugin.api.post("/read", permission="member", body=ReadBody, answer=UnreadShape)
def mark_read(body: ReadBody) -> Response:
    """Mark some alerts as read, or all."""
    person = signed_in()
    alerts.mark_read(person, body.ids)
    return answer(UnreadShape(unread=alerts.unread_count(person)), "Marked as read.")


@plugin.api.delete("/<long:alert_id>", permission="member")
def delete_alert(alert_id: int) -> Response:
    """Remove an alert."""
    alerts.delete_alert(signed_in(), alert_id)
    return answer(None, "That alert is gone.")


@plugin.api.get("/preferences", permission="member", endpoint="preferences")
def all_preferences() -> Response:
    """The kinds of alerts that concern you, and by which ways you are told of each; `fixed` ones cannot be changed."""
    return answer([vars(choice) for choice in preferences.preferences_of(signed_in())])


@plugin.api.put("/preferences", permission="member", body=PreferencesBody)
def change_preferences(body: PreferencesBody) -> Response:
    """Choose by which ways you are told of each kind."""
    person = signed_in()
    wishes = {kind: ways.model_dump(exclude_none=True) for kind, ways in body.preferences.items()}
    preferences.change_preferences(person, wishes)
    return answer([vars(choice) for choice in preferences.preferences_of(person)], "Saved.")


@plugin.api.post("/unsubscribe/<token>", permission="public", endpoint="unsubscribe")
def end_mails(token: str) -> Response:
    """What a mail program calls when its reader wants no more mails of a kind; no log-in is needed."""
    return answer(None, f"You get no more mails of this kind: {unsubscribe(token).title}.")


@plugin.api.get("/unsubscribe/<token>", permission="public")
def ask_to_unsubscribe(token: str) -> ResponseReturnValue:
    """Lead a reader whose mail program opens the address instead to the page with the button."""
    kind_of_token(token)
    return redirect(url_for("inbox.show_unsubscribe", token=token))


def alert_shape(row: AlertRow) -> dict[str, Any]:
    return {
        **vars(row),
        "created_at": row.created_at.isoformat(),
        "read_at": row.read_at.isoformat() if row.read_at else None,
    }
