"""The form of deleting one's account: the password again, and what is to be decided."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice

from plugins.auth.forms.shape import Form, password_field
from plugins.auth.services.points import Question


class LeaveForm(Form):
    """The password; `leave_form` adds a field for each question."""

    password = password_field("Your password")


def leave_form(questions: Sequence[Question]) -> LeaveForm:
    """The form with these questions, each a field by its key, the first answer chosen."""
    fields = {
        question.key: RadioField(
            question.words,
            choices=[SelectChoice(answer, words) for answer, words in question.answers.items()],
            default=next(iter(question.answers)),
        )
        for question in questions
    }
    form: LeaveForm = type("LeaveFormWithQuestions", (LeaveForm,), fields)()
    return form
