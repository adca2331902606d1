"""What a moderator does with a case: take it, give it back, decide it, answer its appeal, take a decision back."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, Refused
from plugins.moderation import plugin, services
from plugins.moderation.forms.deciding import UndoForm
from plugins.moderation.services.appealed import decision_with_id
from plugins.moderation.views.answers import back_to, person_here
from plugins.moderation.views.judging import answer_form, decision_form
from plugins.moderation.views.queue import RIGHT, opened
from plugins.moderation.views.shelves import wanted_here
from plugins.moderation.views.words import DECIDED

LONGEST_VERSION = 18


@plugin.post("/moderation/cases/<int:case_id>/take", permission=RIGHT)
def take(case_id: int) -> ResponseReturnValue:
    """Take a case, so that others leave it alone."""
    try:
        services.take(person_here(), case_id)
    except Refused as refused:
        return opened(case_id, refused=refused.sentence), refused.status
    return to_case(case_id)


@plugin.post("/moderation/cases/<int:case_id>/give-back", permission=RIGHT)
def give_back(case_id: int) -> ResponseReturnValue:
    """Leave a case to the others."""
    try:
        services.give_back(person_here(), case_id)
    except Refused as refused:
        return opened(case_id, refused=refused.sentence), refused.status
    return to_case(case_id)


@plugin.post("/moderation/cases/<int:case_id>/decide", permission=RIGHT)
def decide(case_id: int) -> ResponseReturnValue:
    """Decide a case."""
    form = decision_form(services.case_detail(person_here(), case_id))
    if not form.validate_on_submit():
        return opened(case_id, form=form), Invalid.status
    given = (form.version.data or "")[:LONGEST_VERSION]
    version = int(given) if given.isdecimal() else None
    try:
        services.decide(person_here(), case_id, form.action.data, form.why(), days=form.days.data, version=version)
    except Refused as refused:
        form.refuse(refused)
        return opened(case_id, form=form, wrote=form.why(), refused=why(refused)), refused.status
    flash(f"{DECIDED[form.action.data]}. Its owner and who reported it are told.", "success")
    return to_case(case_id)


@plugin.post("/moderation/decisions/<int:decision_id>/answer", permission=RIGHT)
def answer_appeal(decision_id: int) -> ResponseReturnValue:
    """Answer the appeal against a decision."""
    case_id, form = decision_with_id(decision_id).case_id, answer_form()
    if not form.validate_on_submit():
        return opened(case_id, answer=form), Invalid.status
    try:
        services.answer_appeal(person_here(), decision_id, form.upheld.data == "yes", form.why())
    except Refused as refused:
        form.refuse(refused)
        return opened(case_id, answer=form, wrote=form.why(), refused=why(refused)), refused.status
    flash("The appeal is answered, and its owner is told.", "success")
    return to_case(case_id)


@plugin.post("/moderation/decisions/<int:decision_id>/undo", permission=RIGHT)
def undo(decision_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    case_id, form = decision_with_id(decision_id).case_id, UndoForm()
    try:
        if not form.validate_on_submit():
            raise Invalid("The reason is too long.")
        services.undo(person_here(), decision_id, form.reason.data or "")
    except Refused as refused:
        return opened(case_id, refused=refused.sentence), refused.status
    flash("The decision is taken back, and those whom it concerned are told.", "success")
    return back_to("decisions") if request.args.get("to") == "decisions" else to_case(case_id)


def why(refused: Refused) -> str:
    """The sentence that stands above the case; what is wrong with a field stands beside that."""
    return "" if isinstance(refused, Invalid) else refused.sentence


def to_case(case_id: int) -> ResponseReturnValue:
    """Lead back to a case, on the shelf from which it was opened."""
    return back_to("case", case_id=case_id, **wanted_here().address)
