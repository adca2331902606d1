"""Addresses of the pages of moderation, for notices and the API."""

from flask import url_for

from musicapp.addresses import url_of


def case_url(case_id: int) -> str:
    """Where moderators see a case."""
    return url_of("moderation.case", case_id=case_id)


def decision_url(decision_id: int) -> str:
    """Where those whom it concerns see a decision."""
    return url_of("moderation.decision", decision_id=decision_id)


def my_reports_url() -> str:
    """Where somebody sees what became of their reports."""
    return url_of("moderation.my_reports")


def appeal_by_mail_url(token: str) -> str:
    """The whole address at which somebody reads a decision and appeals without a log-in."""
    return url_for("moderation.appeal_by_mail", token=token, _external=True)
