"""The first steps of a new site: its first admin, its name, its demo."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid, NotFound
from musicapp.mail import sends_mail
from musicapp.site.found import Health
from musicapp.site.health import all_checks
from musicapp.site.stored_settings import site_settings
from plugins.auth import plugin
from plugins.auth.browser import this_visit
from plugins.auth.forms import MusicForm, SetUpForm, SiteForm
from plugins.auth.services import entering
from plugins.auth.services import set_up as steps
from plugins.auth.views.logging_in import let_in


@plugin.route("/setup", methods=["GET", "POST"], permission="public")
def set_up() -> ResponseReturnValue:
    """Make the first account, with the one-time code, beside live checks of what the site runs on."""
    if steps.is_set_up():
        raise NotFound("This site is set up already.")
    form = SetUpForm(code=request.args.get("code", ""))
    if form.validate_on_submit():
        try:
            return set_up_with(form)
        except (Invalid, Conflict) as refused:
            form.refuse(refused)
    page = render_template("auth/set_up.html", form=form, checks=first_checks())
    return page, 422 if request.method == "POST" else 200


def set_up_with(form: SetUpForm) -> ResponseReturnValue:
    visit = this_visit()
    user = steps.set_up(form.code.data, form.name.data, form.email.data, form.password.data, visit.address)
    entered = entering.enter(user, "session", visit, entering.lasts("session", remember=True))
    return let_in(entered, url_for(".name_site"), remember=True)


def first_checks() -> list[Health]:
    """How the parts of a new site are; that it has no mail is well for who wants none, and worth a mark here."""
    no_mail = Health("mail", "degraded", "set MUSICAPP_MAIL_SERVER to send any")
    return [no_mail if check.name == "mail" and not sends_mail() else check for check in all_checks()]


@plugin.route("/setup/site", methods=["GET", "POST"], permission="site.admin")
def name_site() -> ResponseReturnValue:
    """What the site is called, and on which clock its days begin."""
    now = site_settings()
    form = SiteForm(name=now.name, time_zone=now.time_zone)
    if form.validate_on_submit():
        steps.name_site(form.name.data.strip(), form.time_zone.data)
        return redirect(url_for(".load_demo"))
    return render_template("auth/name_site.html", form=form), 422 if request.method == "POST" else 200


@plugin.route("/setup/music", methods=["GET", "POST"], permission="site.admin")
def load_demo() -> ResponseReturnValue:
    """Whether the site begins with the demo's music."""
    form = MusicForm()
    if form.validate_on_submit():
        if form.demo.data:
            steps.load_demo_soon()
        flash("Your site is ready.", "success")
        return redirect(url_for("site.home"))
    return render_template("auth/load_demo.html", form=form)
