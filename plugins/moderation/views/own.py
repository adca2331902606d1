"""What people see of moderation themselves: what they reported, and decisions about what is theirs."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, Refused
from plugins.moderation import plugin, services
from plugins.moderation.forms.deciding import AppealForm
from plugins.moderation.services.words import CATEGORIES
from plugins.moderation.settings import limits
from plugins.moderation.views.answers import cursor_asked, next_url, person_here
from plugins.moderation.views.words import hours_in_words

ROWS = 50

plugin.nav("What you reported", ".my_reports", permission="member", icon="flag", place="account")


@plugin.get("/my-reports", permission="member")
def my_reports() -> str:
    """What somebody reported, and what became of it."""
    page = services.my_reports(person_here(), limit=ROWS, cursor=cursor_asked())
    return render_template(
        "moderation/my_reports.html",
        reports=page.rows,
        more=next_url(page),
        categories=CATEGORIES,
        aim=hours_in_words(limits().answer_hours),
    )


@plugin.get("/decisions", permission="member")
def own_decisions() -> str:
    """What was decided about what is somebody's, each with the way to appeal."""
    page = services.decisions_about(person_here(), limit=ROWS, cursor=cursor_asked())
    return render_template("moderation/own_decisions.html", decisions=page.rows, more=next_url(page))


@plugin.get("/decisions/<int:decision_id>", permission="member")
def decision(decision_id: int) -> str:
    """A decision about what is somebody's, with the way to appeal."""
    return decision_page(person_here().id, decision_id, AppealForm(), url_for(".appeal", decision_id=decision_id))


@plugin.post("/decisions/<int:decision_id>/appeal", permission="member")
def appeal(decision_id: int) -> ResponseReturnValue:
    """Ask for another look at a decision about one's own."""
    here = url_for(".decision", decision_id=decision_id)
    return appealed(person_here().id, decision_id, url_for(".appeal", decision_id=decision_id), here)


@plugin.get("/appeal/<token>", permission="public")
def appeal_by_mail(token: str) -> str:
    """The same by the link in the mail, for who cannot log in."""
    person_id, decision_id = services.concern_of_token(token)
    return decision_page(person_id, decision_id, AppealForm(), url_for(".send_appeal_by_mail", token=token))


@plugin.post("/appeal/<token>", permission="public")
def send_appeal_by_mail(token: str) -> ResponseReturnValue:
    """Ask for another look by the link in the mail."""
    person_id, decision_id = services.concern_of_token(token)
    here = url_for(".appeal_by_mail", token=token)
    return appealed(person_id, decision_id, url_for(".send_appeal_by_mail", token=token), here)


def appealed(person_id: int, decision_id: int, action: str, here: str) -> ResponseReturnValue:
    """Send an appeal, or show what was wrong with it; `action` is where the form goes, `here` the page."""
    services.decision_about(person_id, decision_id)
    form = AppealForm()
    if not form.validate_on_submit():
        return decision_page(person_id, decision_id, form, action), Invalid.status
    try:
        services.appeal(person_id, decision_id, form.words.data)
    except Refused as refused:
        form.refuse(refused)
        return decision_page(person_id, decision_id, form, action), refused.status
    flash("Your appeal is sent. Another moderator looks at it.", "success")
    return redirect(here, 303)


def decision_page(person_id: int, decision_id: int, form: AppealForm, action: str) -> str:
    seen = services.decision_about(person_id, decision_id)
    aim = hours_in_words(limits().answer_hours)
    return render_template("moderation/decision.html", seen=seen, form=form, action=action, aim=aim)
