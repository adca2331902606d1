"""What decisions do to a thing: the effects of all that stand, brought about or taken back by its plugin's verbs."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict
from plugins.moderation.models import Case, Decision
from plugins.moderation.services.points import Subject, Verb
from plugins.moderation.services.subjects import subjects, word_for
from plugins.moderation.services.suspensions import end_suspension, suspend_owners
from plugins.moderation.services.words import EFFECTS, Effect

VERBS: tuple[Effect, ...] = ("label", "hide", "remove")


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those of all decisions about a thing, in their order, that were not undone and that no later one restored."""
    stands: list[Decision] = []
    for decision in decisions:
        if decision.undone_at is None:
            stands = [] if decision.action == "restore" else [*stands, decision]
    return stands


def bring_about(case: Case, changed: Decision) -> None:
    """Make a thing as the decisions about it that stand want it, inside `writing()`; the case is locked.

    `changed` is the decision that is new, or was undone just now. Raises Conflict with a sentence where its kind cannot
    do that, or its plugin does not run.
    """
    decisions = decisions_of(case)
    stands = standing(decisions)
    wanted = {EFFECTS[one.action] for one in stands if one.action in EFFECTS}
    for effect in VERBS if is_there(case) else ():
        if (effect in wanted) != (effect in case.in_force):
            verb_of(case, effect, forward=effect in wanted)(case.subject_id)
    if changed.action in ("suspend", "restore"):  # else whom an admin let in meanwhile would be out again
        suspend_anew(changed, [one for one in decisions if one.action == "suspend"], stands)
    case.in_force = sorted(wanted)


def suspend_anew(changed: Decision, suspensions: Sequence[Decision], stands: Sequence[Decision]) -> None:
    """Keep out or let in whom a decision concerns that is new or was undone just now.

    Other suspensions about the thing are brought about again only where a restoration of them was undone: whom an admin
    let in meanwhile stays in.
    """
    lasting = [decision for decision in suspensions if decision in stands]
    if changed.action == "suspend":
        if changed.undone_at is None:
            suspend_owners(changed)
        else:
            end_suspension(changed, lasting)
        return
    for decision in suspensions:
        if decision.id < changed.id and changed.undone_at is None:
            end_suspension(decision, lasting)
        elif decision.id < changed.id and decision in lasting:
            suspend_owners(decision)


def is_there(case: Case) -> bool:
    """Whether there is still a thing to be shown or hidden, as far as is known while its plugin does not run."""
    subject = subjects().get(case.kind)
    return subject is None or subject.call(case.subject_id) is not None


def decisions_of(case: Case) -> list[Decision]:
    """All decisions about a thing, the oldest first."""
    query = sa.select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)
    return list(session().scalars(query))


def verb_of(case: Case, effect: Effect, *, forward: bool) -> Verb:
    """How a kind does or takes back something; raises Conflict where it does not know how."""
    subject = subjects().get(case.kind)
    verb = verbs_of(subject)[effect][0 if forward else 1] if subject else None
    if verb is None:
        raise Conflict(cannot(case.kind, effect))
    return verb


def verbs_of(subject: Subject) -> dict[Effect, tuple[Verb | None, Verb | None]]:
    """How a kind does each thing, and takes it back."""
    return {
        "label": (subject.label, subject.unlabel),
        "hide": (subject.hide, subject.show),
        "remove": (subject.remove, subject.bring_back),
    }


def cannot(kind: str, effect: Effect) -> str:
    """Why something cannot be done to things of a kind."""
    word = word_for(kind)
    return {
        "label": f"What is a {word} cannot be marked as explicit. Choose another decision.",
        "hide": f"What is a {word} cannot be hidden. Choose another decision.",
        "remove": f"What is a {word} cannot be removed. Choose another decision.",
        "suspend": f"Nobody owns this {word}, so nobody can be suspended for it.",
    }[effect]
