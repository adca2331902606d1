"""Recovery codes: ten that stand in for a lost app, each once.

They are kept as plain hashes: with 79 bits of chance in each nobody finds one by trying, and they outlive a new secret
key of the site, with which no app's codes fit any more.
"""

import hashlib
import secrets
from collections.abc import Collection

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.database import db, writing
from musicapp.errors import Conflict
from plugins.auth.events import RecoveryCodesMade, RecoveryCodeUsed
from plugins.auth.models import RecoveryCode, SecondFactor, User
from plugins.auth.services.letters import post_letter

HOW_MANY = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def make_codes(person_id: int) -> list[str]:
    """New recovery codes instead of those before; this answer is the only place where they can be read.

    Raises Conflict where the second factor is off, or still waits for its first code.
    """
    with writing() as unit:
        factor = unit.get(SecondFactor, person_id, with_for_update=True, populate_existing=True)
        if factor is None or factor.confirmed_at is None:
            raise Conflict("Your second factor is off, so there is nothing to recover.")
        codes = replace_codes(person_id)
        audit.record("auth.recovery_codes_made", about=("person", person_id))
        post_letter("recovery_codes_made", unit.get_one(User, person_id).email)
        emit(RecoveryCodesMade(person_id))
    return codes


def replace_codes(person_id: int) -> list[str]:
    """Let a person have ten other codes, inside `writing()`."""
    codes = [new_code() for _ in range(HOW_MANY)]
    forget_codes(person_id)
    db.session.add_all([RecoveryCode(user_id=person_id, code_hash=hash_of(person_id, code)) for code in codes])
    return codes


def forget_codes(person_id: int) -> None:
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == person_id))


def use_code(person_id: int, code: str) -> bool:
    """Take a recovery code; of several uses at once, one does. Its owner is told."""
    mine = sa.and_(RecoveryCode.user_id == person_id, RecoveryCode.code_hash == hash_of(person_id, code))
    with writing() as unit:
        if unit.execute(sa.delete(RecoveryCode).where(mine).returning(RecoveryCode.user_id)).first() is None:
            return False
        left = codes_left(person_id)
        audit.record("auth.recovery_code_used", about=("person", person_id), by=person_id, left=left)
        post_letter("recovery_code_used", unit.get_one(User, person_id).email)
        emit(RecoveryCodeUsed(person_id, left))
    return True


def codes_left(person_id: int) -> int:
    """How many recovery codes somebody has not used yet."""
    return db.session.scalar(sa.select(sa.func.count()).where(RecoveryCode.user_id == person_id)) or 0


def are_codes_of(person_id: int, codes: Collection[str]) -> bool:
    """Whether all of these are codes that somebody has left."""
    hashes = {hash_of(person_id, code) for code in codes}
    mine = sa.and_(RecoveryCode.user_id == person_id, RecoveryCode.code_hash.in_(hashes))
    return 0 < len(hashes) == db.session.scalar(sa.select(sa.func.count()).where(mine))


def new_code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def hash_of(person_id: int, code: str) -> str:
    """What is kept of a code, however it was typed."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(f"{person_id}\n{plain}".encode()).hexdigest()
