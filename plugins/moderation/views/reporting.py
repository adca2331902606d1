"""The form of a report: a page, and with scripts the same above any page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, NotFound, Refused
from musicapp.evidence import Evidence
from musicapp.security import signed_in
from plugins.auth.services import names_of
from plugins.moderation import plugin
from plugins.moderation.forms.reporting import ReportForm
from plugins.moderation.services import reporting
from plugins.moderation.services.points import Subject
from plugins.moderation.services.subjects import GONE, seen_thing, subjects
from plugins.moderation.services.words import CATEGORIES, Category
from plugins.moderation.settings import limits
from plugins.moderation.views.answers import back_to
from plugins.moderation.views.words import MEANT, hours_in_words

ONLY_WITH_LABELS = ("explicit", "broken")


@plugin.get("/report/<kind>/<int:subject_id>", permission="listen")
def report(kind: str, subject_id: int) -> str:
    """Ask what is wrong with something; after it was said, what happens next."""
    subject, evidence = reportable(kind, subject_id)
    return report_page(subject, subject_id, evidence, form_of(subject), sent="sent" in request.args)


@plugin.post("/report/<kind>/<int:subject_id>", permission="listen")
def send_report(kind: str, subject_id: int) -> ResponseReturnValue:
    """Report something as who is signed in, or as a visitor."""
    subject, evidence = reportable(kind, subject_id)
    form, status = form_of(subject), Invalid.status
    if form.validate_on_submit():
        try:
            reporting.report(
                signed_in(),
                kind,
                subject_id,
                form.category.data,
                form.words.data or "",
                visitor=request.remote_addr or "",
                at_s=form.at_s.seconds() if evidence.sound else None,
            )
            return back_to("report", kind=kind, subject_id=subject_id, sent=1)
        except Refused as refused:
            form.refuse(refused)
            status = refused.status
    return report_page(subject, subject_id, evidence, form), status


def reportable(kind: str, subject_id: int) -> tuple[Subject, Evidence]:
    """A thing that who asks may know of, with its kind; raises NotFound for any other."""
    if kind not in subjects():
        raise NotFound(GONE)
    return seen_thing(signed_in(), kind, subject_id)


def form_of(subject: Subject) -> ReportForm:
    """The form with what can be wrong with things of this kind: only what can be marked as explicit lacks the mark."""
    form = ReportForm()
    names: list[Category] = [name for name in CATEGORIES if subject.label or name not in ONLY_WITH_LABELS]
    form.category.choices = [(name, CATEGORIES[name]) for name in names]
    return form


def report_page(subject: Subject, subject_id: int, evidence: Evidence, form: ReportForm, *, sent: bool = False) -> str:
    return render_template(
        "moderation/report.html",
        kind=subject.name,
        word=subject.word,
        subject_id=subject_id,
        evidence=evidence,
        form=form,
        is_theirs=signed_in() is not None and signed_in().id in evidence.owner_ids,
        account_id=account_behind(subject.name, evidence),
        meant=MEANT,
        aim=hours_in_words(limits().answer_hours),
        sent=sent,
    )


def account_behind(kind: str, evidence: Evidence) -> int | None:
    """The account that the thing itself names as whose it is, for people who are signed in to report that instead;
    None where it names none."""
    if signed_in() is None or kind == "user" or "user" not in subjects() or len(evidence.owner_ids) != 1:
        return None
    [owner_id] = evidence.owner_ids
    return owner_id if names_of([owner_id]).get(owner_id) == evidence.by else None
