"""Deleting one's account by the API, and taking that back."""

from datetime import datetime

from flask import Response
from pydantic import BaseModel, Field

from musicapp.api import Body, answer
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.api.entering import entered_shape
from plugins.auth.browser import end_session, this_visit
from plugins.auth.services import entering
from plugins.auth.services.leaving import asking
from plugins.auth.settings import auth_settings
from plugins.auth.shapes import EnteredShape, LogInBody, Password


class LeaveBody(Body):
    """One's password, and an answer to each question of GET /api/account/leaving."""

    password: Password
    answers: dict[str, str] = Field(default_factory=dict, description="By the key of each question.")


class QuestionShape(BaseModel):
    key: str
    words: str
    answers: dict[str, str]


class LeavingShape(BaseModel):
    """What stands in the way, what is to be decided, and for how many days a deletion can be taken back."""

    blocks: list[str]
    questions: list[QuestionShape]
    days: int


class LeftShape(BaseModel):
    erase_at: datetime


@plugin.api.get("/account/leaving", permission="member", answer=LeavingShape)
def before_leaving() -> Response:
    """What deleting my account would need."""
    asked = [QuestionShape(**vars(question)) for question in asking.questions_to(signed_in().id)]
    blocks = asking.what_blocks(signed_in().id)
    return answer(LeavingShape(blocks=blocks, questions=asked, days=auth_settings().leaving_days))


@plugin.api.delete("/account", permission="member", body=LeaveBody, answer=LeftShape)
def leave(body: LeaveBody) -> Response:
    """Delete my account: it is closed at once, and erased once it can no longer be taken back."""
    erase_at = asking.leave(signed_in().id, body.password, body.answers)
    end_session()
    said = "Your account is closed. POST /api/account/restore takes that back."
    return answer(LeftShape(erase_at=erase_at), said, headers=SECRET)


@plugin.api.post("/account/restore", permission="public", body=LogInBody, answer=EnteredShape)
def stay(body: LogInBody) -> Response:
    """Take the deletion of an account back; answers a token, as POST /api/login does."""
    visit = this_visit()
    entered = entering.log_in(body.email, body.password, "token", visit, code=body.code, stays=True)
    return answer(entered_shape(entered), "Your account is as it was.", headers=SECRET)
