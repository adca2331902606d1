"""The inbox itself: alerts by day, opening one, marking all as read with a way back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.clock import now
from musicapp.pages import day, local
from musicapp.security import signed_in
from plugins.inbox import plugin
from plugins.inbox.services import alerts
from plugins.inbox.services.alerts import AlertRow

PAGE = 50
UNDO = "inbox_undo"


@plugin.get("", permission="member")
def inbox() -> str:
    """What one was told, the newest first."""
    page = alerts.alerts_of(signed_in(), limit=PAGE, cursor=request.args.get("cursor"))
    return render_template(
        "inbox/inbox.html",
        days=by_day(page.rows),
        next_url=url_for(".inbox", cursor=page.next) if page.next else "",
        is_first=not request.args.get("cursor"),
        undo=session.pop(UNDO, None),
    )


def by_day(rows: Sequence[AlertRow]) -> list[tuple[str, list[AlertRow]]]:
    """Alerts under the names of their days on the site's clock."""
    today = local(now()).date()
    return [
        (name_of_day(on, today), list(rows_of_day))
        for on, rows_of_day in groupby(rows, key=lambda row: local(row.created_at).date())
    ]


def name_of_day(on: date, today: date) -> str:
    if on == today:
        return "Today"
    return "Yesterday" if on == today - timedelta(days=1) else day(on)


@plugin.get("/<long:alert_id>", permission="member")
def open_alert(alert_id: int) -> ResponseReturnValue:
    """Lead to what an alert speaks of. That it was seen is noted on the way: opening it twice changes nothing more."""
    return redirect(alerts.open_alert(signed_in(), alert_id) or url_for(".inbox"))


@plugin.post("/read", permission="member")
def mark_all_read() -> ResponseReturnValue:
    """Mark everything as read; the next page has a way back."""
    session[UNDO] = alerts.mark_read(signed_in()).isoformat()
    return redirect(url_for(".inbox"), 303)


@plugin.post("/unread", permission="member")
def undo_read() -> ResponseReturnValue:
    """Take back that everything was marked as read."""
    try:
        read_at = datetime.fromisoformat(request.form.get("read_at", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        flash("There is nothing to take back any more.", "error")
    else:
        alerts.mark_unread(signed_in(), read_at)
    return redirect(url_for(".inbox"), 303)


@plugin.post("/<long:alert_id>/delete", permission="member")
def delete_alert(alert_id: int) -> ResponseReturnValue:
    """Remove one alert."""
    alerts.delete_alert(signed_in(), alert_id)
    return redirect(url_for(".inbox"), 303)
