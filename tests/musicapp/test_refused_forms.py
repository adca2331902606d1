"""Claims about the pages of those who run a site where what was typed is refused and shown again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import on_one_database
from tests.people import add_person, post, sign_in


@on_one_database
@pytest.mark.parametrize(
    ("address", "fields", "entry"),
    [
        ("/settings/site", {"time_zone": "Mars/Base"}, '<a href="/settings" aria-current="true">Settings'),
        ("/people/invitations", {"days": "soon"}, '<a href="/people/invitations" aria-current="true">Invitations'),
        ("/imports/auth.people", {}, '<a href="/imports" aria-current="true">Import'),
        ("/moderation/reasons", {"title": ""}, '<a href="/moderation/reasons" aria-current="true">Kept reasons'),
    ],
)
def test_a_page_that_says_what_was_refused_keeps_its_menu(
    app: Flask, client: FlaskClient, address: str, fields: dict[str, str], entry: str
) -> None:
    sign_in(client, add_person(app, "Ada", "admin"))
    refused = post(client, address, fields)
    assert (refused.status_code, entry in refused.text) == (422, True)
