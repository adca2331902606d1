"""One person, for those who run the site: what is known, where they are signed in, and what was done."""

from flask import render_template
from flask.typing import ResponseReturnValue

from plugins.auth import plugin
from plugins.auth.forms import Form, RefuseForm, ResetForm, SuspendForm
from plugins.auth.models import ROLES
from plugins.auth.services.roster.history import latest_acts, said_of
from plugins.auth.services.roster.looking import known_of
from plugins.auth.services.sign_ins import all_sign_ins_of

LATEST = 10


@plugin.get("/people/<int:person_id>", permission="auth.people")
def person(person_id: int) -> ResponseReturnValue:
    """The page of one person."""
    return person_page(person_id)


def person_page(person_id: int, refused: Form | None = None) -> ResponseReturnValue:
    """The page; `refused` is the form whose errors it shows."""
    known = known_of(person_id)
    page = render_template(
        "auth/people_person.html",
        person=known.person,
        invited=known.invited,
        second_factor_since=known.second_factor_since,
        sign_ins=all_sign_ins_of(person_id),
        acts=latest_acts(person_id, LATEST),
        said_of=said_of,
        roles=ROLES,
        suspend_form=refused if isinstance(refused, SuspendForm) else SuspendForm(formdata=None),
        reset_form=refused if isinstance(refused, ResetForm) else ResetForm(formdata=None),
        refuse_form=refused if isinstance(refused, RefuseForm) else RefuseForm(formdata=None),
    )
    return page, 422 if refused else 200
