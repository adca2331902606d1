"""What moderators are asked who decide, and owners who disagree."""

from collections.abc import Sequence

from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from plugins.moderation.forms.fields import Form
from plugins.moderation.models.canned import LONGEST_CANNED_TITLE
from plugins.moderation.services.words import LONGEST_REASON, LONGEST_WORDS

TOO_LONG = "At most {:,} characters."
DAYS = 7


class CannedField(SelectField):  # type: ignore[misc]
    """A reason that is kept, to be taken instead of writing one, or to begin with."""

    def offer(self, reasons: Sequence[tuple[int, str, str]]) -> None:
        """Offer reasons as `(id, title, words)`."""
        known = [SelectChoice(str(id), title, render_kw={"data-words": words}) for id, title, words in reasons]
        self.choices = [SelectChoice("", "Begin with a kept reason"), *known]
        self.words = {str(id): words for id, _title, words in reasons}


class ReasonForm(Form):
    """Why something is decided; a kept reason stands for one that nobody wrote."""

    canned = CannedField("A kept reason", choices=[SelectChoice("", "")], validate_choice=False)
    reason = TextAreaField("Reason", [Length(max=LONGEST_REASON, message=TOO_LONG.format(LONGEST_REASON))])

    def why(self) -> str:
        """What was written, else the kept reason that was chosen."""
        return (self.reason.data or "").strip() or getattr(self.canned, "words", {}).get(self.canned.data or "", "")


class DecisionForm(ReasonForm):
    """What is decided about a case, why, and for how many days somebody is suspended."""

    version = HiddenField()
    action = RadioField("Decision", validators=[InputRequired("Choose what you decide.")])
    days = IntegerField("For how many days", [Optional()], default=DAYS)


class UndoForm(Form):
    """Why a decision is taken back."""

    reason = TextAreaField("Reason", [Length(max=LONGEST_REASON, message=TOO_LONG.format(LONGEST_REASON))])


class AnswerForm(ReasonForm):
    """What another moderator answers to an appeal."""

    upheld = RadioField(
        "Answer",
        choices=[SelectChoice("no", "Take the decision back"), SelectChoice("yes", "Keep the decision")],
        validators=[InputRequired("Choose what you answer.")],
    )


class AppealForm(Form):
    """Why somebody thinks that a decision about theirs is wrong."""

    words = TextAreaField(
        "What we should know",
        [InputRequired("Say why."), Length(max=LONGEST_WORDS, message=TOO_LONG.format(LONGEST_WORDS))],
    )


class CannedForm(Form):
    """A reason that is kept to be chosen."""

    title = StringField(
        "What it is called",
        [InputRequired("Give it a name."), Length(max=LONGEST_CANNED_TITLE, message=TOO_LONG.format(80))],
    )
    action = SelectField("For which decision")
    words = TextAreaField(
        "The reason",
        [InputRequired("Write the reason."), Length(max=LONGEST_REASON, message=TOO_LONG.format(LONGEST_REASON))],
    )
