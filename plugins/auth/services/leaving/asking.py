"""Deleting one's account: what stands in the way, what is to be decided, and closing it for some days."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import insert_for, writing
from musicapp.errors import Conflict, Invalid
from plugins.auth.events import PersonLeaving
from plugins.auth.models import Leaving, User
from plugins.auth.services import passwords, roles
from plugins.auth.services.copies.making import all_personal_data
from plugins.auth.services.leaving.letter import post_goodbye
from plugins.auth.services.leaving.standing import leaving_of
from plugins.auth.services.points import Question
from plugins.auth.services.sign_ins import end_sign_ins
from plugins.auth.settings import auth_settings


def what_blocks(person_id: int) -> list[str]:
    """The sentences that stand in the way of deleting an account; none where nothing does."""
    return [sentence for one in all_personal_data() if one.blocks for sentence in one.blocks(person_id)]


def questions_to(person_id: int) -> list[Question]:
    """What somebody is asked who deletes their account."""
    return [question for one in all_personal_data() if one.asks for question in one.asks(person_id)]


def leave(person_id: int, password: str, answers: Mapping[str, str]) -> datetime:
    """Close an account whose person types their password again; the moment from which on it is erased.

    Every browser and token is signed out. Raises Invalid by field, TooOften, and Conflict with what stands in the way.
    """
    passwords.prove(person_id, password)
    return close(person_id, answers, by=person_id)


def close(person_id: int, answers: Mapping[str, str], *, by: int | None) -> datetime:
    """The same without the password, for who runs the site and was asked for it; `by` is None for a command.

    Of an account that is closed already, the moment that stands; nothing else is done. Raises Invalid for what is not
    answered, and Conflict with what stands in the way.
    """
    if standing := leaving_of(person_id):
        return standing.erase_at
    chosen = chosen_answers(person_id, answers)
    if blocks := what_blocks(person_id):
        raise Conflict(" ".join(blocks))
    asked_at = now()
    erase_at = asked_at + timedelta(days=auth_settings().leaving_days)
    with writing() as unit:
        roles.role_named("admin", lock=True)  # before the person, as whoever gives roles and suspends does
        user = unit.scalars(sa.select(User).where(User.id == person_id).with_for_update()).one()
        if standing := leaving_of(person_id):
            return standing.erase_at
        if "admin" in user.role_names:
            roles.leave_an_admin(person_id)
        user.active = False
        values = {"user_id": person_id, "asked_at": asked_at, "erase_at": erase_at, "answers": chosen}
        unit.execute(insert_for(Leaving).values(**values).on_conflict_do_nothing())
        end_sign_ins(person_id)
        post_goodbye(person_id, user.email, erase_at)
        audit.record("auth.deletion_asked", about=("person", person_id), by=by)
        emit(PersonLeaving(person_id, erase_at))
    return erase_at


def chosen_answers(person_id: int, answers: Mapping[str, str]) -> dict[str, str]:
    """The answer to each question that somebody is asked; raises Invalid where one is missing."""
    chosen = {}
    for question in questions_to(person_id):
        chosen[question.key] = answers.get(question.key, "")
        if chosen[question.key] not in question.answers:
            sentence = f"Say what shall be: {', '.join(question.answers)}."
            raise Invalid(question.words, {question.key: [sentence]})
    return chosen
