"""What an admin does to somebody's account, by the forms of that person's page."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.forms import RefuseForm, SuspendForm
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import approving, suspending
from plugins.auth.services.people import person_with_id
from plugins.auth.services.roster import deciding
from plugins.auth.views.people.person import person_page


def back(person_id: int) -> ResponseReturnValue:
    return redirect(url_for(".person", person_id=person_id), 303)


@plugin.post("/people/<int:person_id>/roles/<role>/give", permission="auth.people")
def give_role(person_id: int, role: str) -> ResponseReturnValue:
    """Give a role; who makes an admin types their password again."""
    if role == "admin" and (asked := ask_again_unless_fresh(url_for(".person", person_id=person_id))):
        return asked
    deciding.give(signed_in(), person_id, role)
    flash(f"{person_with_id(person_id).name} has the role {role} now.", "success")
    return back(person_id)


@plugin.post("/people/<int:person_id>/roles/<role>/take", permission="auth.people")
def take_role(person_id: int, role: str) -> ResponseReturnValue:
    """Take a role; of admins, the last stays one."""
    try:
        deciding.take(person_id, role)
    except Conflict as refused:
        flash(refused.sentence, "error")
        return back(person_id)
    flash(f"{person_with_id(person_id).name} no longer has the role {role}.", "success")
    return redirect(url_for("site.home"), 303) if stepped_down(person_id, role) else back(person_id)


def stepped_down(person_id: int, role: str) -> bool:
    """Whether who asks has just given up running the site."""
    return role == "admin" and person_id == signed_in().id


@plugin.post("/people/<int:person_id>/sign-ins/end", permission="auth.people")
def sign_out_person(person_id: int) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    ended = deciding.sign_out_everywhere(person_id)
    flash(f"Signed out everywhere: {ended}." if ended else "They were signed in nowhere.", "success")
    return back(person_id)


@plugin.post("/people/<int:person_id>/suspend", permission="auth.people")
def suspend_person(person_id: int) -> ResponseReturnValue:
    """Keep somebody out for some days, or until a day; they are told why."""
    form = SuspendForm()
    if not form.validate():
        return person_page(person_id, form)
    try:
        until = suspending.until_when(form.days.data, form.until.data)
        deciding.keep_out(signed_in(), person_id, until, form.reason.data or "")
    except (Invalid, Conflict) as refused:
        form.refuse(refused)
        return person_page(person_id, form)
    flash("The account is suspended, and signed out everywhere.", "success")
    return back(person_id)


@plugin.post("/people/<int:person_id>/restore", permission="auth.people")
def restore_person(person_id: int) -> ResponseReturnValue:
    """Lift a suspension before its time."""
    suspending.restore(person_id)
    flash("The account is open again.", "success")
    return back(person_id)


@plugin.post("/people/<int:person_id>/approve", permission="auth.people")
def approve_person(person_id: int) -> ResponseReturnValue:
    """Let somebody have the account that they asked for."""
    user = approving.approve(person_id)
    flash(f"{user.name} may come in.", "success")
    return redirect(url_for(".people", held="waiting"), 303)


@plugin.post("/people/<int:person_id>/refuse", permission="auth.people")
def refuse_person(person_id: int) -> ResponseReturnValue:
    """Give somebody no account; they are told by mail, and nothing of the account is kept."""
    form = RefuseForm()
    if not form.validate():
        return person_page(person_id, form)
    try:
        approving.refuse(person_id, form.reason.data or "")
    except Invalid as refused:
        form.refuse(refused)
        return person_page(person_id, form)
    flash(
        "The account is refused. What is kept: the letter that says so, and the name in the inboxes of admins.",
        "success",
    )
    return redirect(url_for(".people", held="waiting"), 303)
