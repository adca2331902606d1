"""What other plugins may ask of people: one module for each subject.

What stands below is for everybody; the modules behind it are this plugin's own.
"""

from plugins.auth.services.away import away_since, here_since, last_seen, reachable
from plugins.auth.services.leaving.standing import answer_of, leaving_among
from plugins.auth.services.people import (
    add_person,
    named_people,
    names_of,
    people_called,
    person_with_address,
    person_with_id,
    rename,
)
from plugins.auth.services.person import Person
from plugins.auth.services.roles import admins, give_role, leave_an_admin, people_with_role, take_role
from plugins.auth.services.set_up import add_demo_person, is_set_up
from plugins.auth.services.sign_ins import end_sign_ins, sign_ins_of
from plugins.auth.services.suspending import restore, suspend

__all__ = [
    "Person",
    "add_demo_person",
    "add_person",
    "admins",
    "answer_of",
    "away_since",
    "end_sign_ins",
    "give_role",
    "here_since",
    "is_set_up",
    "last_seen",
    "leave_an_admin",
    "leaving_among",
    "named_people",
    "names_of",
    "people_called",
    "people_with_role",
    "person_with_address",
    "person_with_id",
    "reachable",
    "rename",
    "restore",
    "sign_ins_of",
    "suspend",
    "take_role",
]
