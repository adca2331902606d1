"""Deleting one's account, and taking that back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Forbidden, Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.browser import begin_session, end_session, forget_proof, next_page, proven_here, this_visit
from plugins.auth.forms import LeaveForm, leave_form
from plugins.auth.services import entering
from plugins.auth.services.copies.making import what_is_held
from plugins.auth.services.leaving import asking
from plugins.auth.services.leaving.standing import leaving_of
from plugins.auth.services.suspending import IsSuspended
from plugins.auth.settings import auth_settings


@plugin.get("/account/leave", permission="member", endpoint="leave")
def ask_to_leave() -> ResponseReturnValue:
    """What becomes of everything, what stands in the way, and the password once more."""
    return leave_page(leave_form(asking.questions_to(signed_in().id)))


@plugin.post("/account/leave", permission="member", endpoint="close")
def leave() -> ResponseReturnValue:
    """Close the account of who asks and sign them out everywhere."""
    questions = asking.questions_to(signed_in().id)
    form = leave_form(questions)
    if form.validate():
        try:
            asking.leave(signed_in().id, form.password.data, {one.key: form[one.key].data for one in questions})
        except (Invalid, Conflict) as refused:
            form.refuse(refused)
        else:
            end_session()
            days = auth_settings().leaving_days
            flash(f"Your account is closed. For {days} days you can take that back: log in, and say so.", "success")
            return redirect(next_page(None))
    return leave_page(form)


def leave_page(form: LeaveForm) -> ResponseReturnValue:
    page = render_template(
        "auth/leave.html",
        form=form,
        questions=asking.questions_to(signed_in().id),
        blocks=asking.what_blocks(signed_in().id),
        held=what_is_held(),
        days=auth_settings().leaving_days,
    )
    return page, 422 if request.method == "POST" else 200


@plugin.get("/account/stay", permission="public", endpoint="stay")
def ask_to_stay() -> ResponseReturnValue:
    """Until when somebody who has just proven who they are can take the deletion of their account back."""
    proven = proven_here()
    standing = leaving_of(proven.person_id) if proven is not None else None
    if standing is None:
        return redirect(url_for(".log_in"))
    return render_template("auth/stay.html", standing=standing)


@plugin.post("/account/stay", permission="public", endpoint="take_back")
def stay() -> ResponseReturnValue:
    """Open the account again and log its person in."""
    proven = proven_here()
    if proven is None:
        return redirect(url_for(".log_in"), 303)
    try:
        entered = entering.come_back(proven, this_visit())
    except IsSuspended:
        return redirect(url_for(".suspended"), 303)
    except (entering.WrongPassword, Forbidden) as refused:
        forget_proof()
        flash(refused.sentence, "error")
        return redirect(url_for(".log_in"), 303)
    begin_session(entered)
    flash("Your account is as it was. Nothing was erased.", "success")
    return redirect(next_page(None), 303)
