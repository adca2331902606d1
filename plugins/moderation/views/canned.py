"""The reasons that moderators keep, to be chosen where they decide."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, Refused
from plugins.moderation import plugin
from plugins.moderation.forms.deciding import CannedForm
from plugins.moderation.models import CannedReason
from plugins.moderation.services import canned
from plugins.moderation.services.words import ACTIONS
from plugins.moderation.views.answers import back_to
from plugins.moderation.views.words import DECISIONS

RIGHT = "moderation.moderate"


@plugin.get("/moderation/reasons", permission=RIGHT)
def reasons() -> str:
    """All kept reasons, and a form for one more."""
    return reasons_page(form_of())


@plugin.post("/moderation/reasons", permission=RIGHT)
def keep_reason() -> ResponseReturnValue:
    """Keep one more reason."""
    return saved(form_of())


@plugin.get("/moderation/reasons/<int:reason_id>", permission=RIGHT)
def edit_reason(reason_id: int) -> str:
    """Change a kept reason."""
    reason = canned.canned_reason(reason_id)
    return reasons_page(form_of(reason), reason_id)


@plugin.post("/moderation/reasons/<int:reason_id>", permission=RIGHT)
def change_reason(reason_id: int) -> ResponseReturnValue:
    """Keep a changed reason."""
    return saved(form_of(canned.canned_reason(reason_id)), reason_id)


@plugin.post("/moderation/reasons/<int:reason_id>/drop", permission=RIGHT)
def drop_reason(reason_id: int) -> ResponseReturnValue:
    """Keep a reason no longer."""
    canned.drop_reason(reason_id)
    flash("The reason is no longer kept. What was decided with it stays as it is.", "success")
    return back_to("reasons")


def form_of(reason: CannedReason | None = None) -> CannedForm:
    form = CannedForm(obj=reason)
    form.action.choices = [("", "Any decision"), *((action, DECISIONS[action]) for action in ACTIONS)]
    return form


def saved(form: CannedForm, reason_id: int | None = None) -> ResponseReturnValue:
    """Keep what the form says, or show it again with what is wrong."""
    if form.validate_on_submit():
        try:
            words = (form.title.data, form.action.data, form.words.data)
            if reason_id is None:
                canned.keep_reason(*words)
            else:
                canned.change_reason(reason_id, *words)
            flash(f"“{form.title.data}” is kept.", "success")
            return back_to("reasons")
        except Refused as refused:
            form.refuse(refused)
    return reasons_page(form, reason_id), Invalid.status


def reasons_page(form: CannedForm, reason_id: int | None = None) -> str:
    kept = canned.canned_reasons()
    return render_template("moderation/reasons.html", form=form, reason_id=reason_id, kept=kept, decisions=DECISIONS)
