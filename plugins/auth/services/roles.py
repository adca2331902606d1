"""Roles: who has which. The last admin stays one."""

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.errors import Conflict, NotFound
from plugins.auth.events import RoleGiven, RoleTaken
from plugins.auth.models import ROLES, Role, User, UserRole


def role_named(name: str, *, lock: bool = False) -> Role:
    """A role, inside `writing()`; with `lock`, nobody else gives or takes it meanwhile."""
    if name not in ROLES:
        raise NotFound(f"There is no role “{name}”; there are {', '.join(ROLES)}.")
    query = sa.select(Role).where(Role.name == name)
    return db.session.scalars(query.with_for_update() if lock else query).one()


def give_role(person_id: int, name: str) -> None:
    """Let somebody have a role from their next request on."""
    with writing() as unit:
        role = role_named(name, lock=True)
        user = unit.get(User, person_id)
        if user is None:
            raise NotFound("There is no such person.")
        if role not in user.roles:
            user.roles.append(role)
            audit.record("auth.role_given", about=("person", person_id), role=name)
            emit(RoleGiven(person_id, name))


def take_role(person_id: int, name: str) -> None:
    """Take a role from somebody, from their next request on. Raises Conflict for the last admin."""
    with writing() as unit:
        role = role_named(name, lock=True)
        user = unit.get(User, person_id)
        if user is not None and role in user.roles:
            if name == "admin":
                leave_an_admin(person_id)
            user.roles.remove(role)
            audit.record("auth.role_taken", about=("person", person_id), role=name)
            emit(RoleTaken(person_id, name))


def leave_an_admin(person_id: int) -> None:
    """Raise Conflict, inside `writing()`, where nobody but this person could run the site.

    Whoever keeps an admin out, for a while or for good, asks this first; nobody else does so meanwhile. The role is
    locked before the row of a person, here and by everybody, or two would wait for each other.
    """
    role_named("admin", lock=True)
    if admins(but=person_id) == 0:
        raise Conflict("This is the last admin. Make somebody else one first.")


def why_to_stay(person_id: int) -> list[str]:
    """Why somebody's account cannot be deleted: nobody else could run the site."""
    user = db.session.get(User, person_id)
    if user is None or "admin" not in user.role_names or admins(but=person_id):
        return []
    return ["You are the last admin here. Make somebody else one, or nobody could run this site."]


def admins(*, but: int = 0) -> int:
    """How many people can run this site right now."""
    query = (
        sa.select(sa.func.count())
        .select_from(UserRole)
        .join(Role, Role.id == UserRole.role_id)
        .join(User, User.id == UserRole.user_id)
        .where(Role.name == "admin", User.active, User.confirmed_at.is_not(None), User.id != but)
        .where(User.waits_since.is_(None), sa.or_(User.suspended_until.is_(None), User.suspended_until <= now()))
    )
    return db.session.execute(query).scalar_one()


def people_with_role(name: str, after_id: int, limit: int) -> list[int]:
    """The ids of people who have a role and may sign in, rising, behind an id."""
    role_id = sa.select(Role.id).where(Role.name == name).scalar_subquery()
    query = (
        sa.select(UserRole.user_id)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role_id == role_id, UserRole.user_id > after_id)
        .where(User.active, User.waits_since.is_(None))
    )
    return list(db.session.scalars(query.order_by(UserRole.user_id).limit(limit)))


def any_admin() -> bool:
    """Whether somebody was ever made admin here, suspended or not."""
    query = sa.select(UserRole.user_id).join(Role, Role.id == UserRole.role_id).where(Role.name == "admin").limit(1)
    return db.session.execute(query).first() is not None
