"""What happens in moderation, for the plugins that care."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseOpened:
    """Something was reported that nobody had reported, or not since it was decided last."""

    case_id: int
    kind: str
    subject_id: int


@dataclass(frozen=True)
class CaseDecided:
    """A moderator decided about something; `action` is dismiss, warn, label, flag, remove, suspend or restore."""

    case_id: int
    decision_id: int
    kind: str
    subject_id: int
    action: str


@dataclass(frozen=True)
class DecisionUndone:
    """A decision no longer stands, and what it had done was taken back."""

    case_id: int
    decision_id: int
    kind: str
    subject_id: int


@dataclass(frozen=True)
class DecisionAppealed:
    """An owner asks for another look at a decision."""

    case_id: int
    decision_id: int


@dataclass(frozen=True)
class AppealAnswered:
    """Another moderator looked again; `upheld` says that the decision stands."""

    case_id: int
    decision_id: int
    upheld: bool
