"""The second step of logging in, where a second factor is on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Forbidden
from plugins.auth import plugin
from plugins.auth.browser import lead_to_what_is_left, this_visit
from plugins.auth.forms import CodeForm
from plugins.auth.half_way import HalfIn, end_half_way, half_in
from plugins.auth.services import entering
from plugins.auth.services.leaving.standing import IsLeaving
from plugins.auth.services.suspending import IsSuspended
from plugins.auth.views.logging_in import let_in


@plugin.route("/login/code", methods=["GET", "POST"], permission="public")
def log_in_with_code() -> ResponseReturnValue:
    """Ask a browser whose password was right a moment ago for the code."""
    half = half_in()
    form = CodeForm(next=request.args.get("next", ""))
    if half is None:
        flash("That took too long. Begin again, with your password.", "info")
        return redirect(url_for(".log_in", next=form.next.data or None))
    if form.validate_on_submit():
        try:
            return go_on_with(half, form)
        except entering.CodeNeeded as refused:
            form.refuse(refused)
        except (IsLeaving, IsSuspended) as refused:
            end_half_way()
            return lead_to_what_is_left(refused)
        except (entering.WrongPassword, Forbidden) as refused:
            end_half_way()
            flash(refused.sentence, "error")
            return redirect(url_for(".log_in"))
    page = render_template("auth/log_in_code.html", form=form, recovery="recovery" in request.args)
    return page, 422 if request.method == "POST" else 200


def go_on_with(half: HalfIn, form: CodeForm) -> ResponseReturnValue:
    entered = entering.go_on(half.half_way, form.code.data, this_visit(), remember=half.remember)
    return let_in(entered, form.next.data, remember=half.remember)
