"""Reading of people: the list, one of them, and where they are signed in; the log is GET /api/audit."""

from flask import Response

from musicapp.api import answer, listing
from musicapp.paging import Page
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.api.people.shapes import (
    KnownShape,
    PeopleQuery,
    PersonShape,
    SignInShape,
    known_shape,
    person_shape,
)
from plugins.auth.services.people import person_with_id
from plugins.auth.services.roster.looking import known_of
from plugins.auth.services.roster.searching import people_found
from plugins.auth.services.sign_ins import all_sign_ins_of


@plugin.api.get("/people", permission="auth.people", query=PeopleQuery, answer=list[PersonShape])
def people(query: PeopleQuery) -> Response:
    """Everybody with an account, the newest first, or those who are looked for."""
    page = people_found(query.sought(), limit=query.limit, cursor=query.cursor)
    return private(listing(Page([person_shape(row) for row in page.rows], page.next)))


@plugin.api.get("/people/<int:person_id>", permission="auth.people", answer=KnownShape)
def person(person_id: int) -> Response:
    """One person."""
    return answer(known_shape(known_of(person_id)), headers=SECRET)


@plugin.api.get("/people/<int:person_id>/sign-ins", permission="auth.people", answer=list[SignInShape])
def sign_ins(person_id: int) -> Response:
    """Where somebody is signed in, the latest used first."""
    rows = all_sign_ins_of(person_with_id(person_id).id)
    shapes = [SignInShape.model_validate(row, from_attributes=True).model_dump(mode="json") for row in rows]
    return answer(shapes, headers=SECRET)


def private(response: Response) -> Response:
    response.headers.extend(SECRET)
    return response
