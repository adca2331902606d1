"""Confirming an address, on a site that sends mail."""

from flask import Flask

from tests.people import PASSWORD, add_person, post
from tests.plugins.auth.conftest import sent_by
from tests.plugins.auth.test_passwords import link_in, logs_in

NEW = {"name": "New", "email": "new@example.org", "password": PASSWORD, "role": "user"}


def test_an_account_opens_with_the_button_behind_its_mailed_link(mailing: Flask) -> None:
    client = mailing.test_client()
    assert post(client, "/signup", NEW).location == "/login"
    assert not logs_in(mailing, NEW["email"], PASSWORD)
    link = link_in(sent_by(mailing)[0].body)
    assert NEW["email"] in client.get(link).text
    assert not logs_in(mailing, NEW["email"], PASSWORD), "opening the link, as mail scanners do, must not be enough"
    assert post(client, link).location == "/login"
    assert logs_in(mailing, NEW["email"], PASSWORD)
    assert post(client, link).location == "/login"


def test_the_mail_can_be_asked_for_again(mailing: Flask) -> None:
    client = mailing.test_client()
    post(client, "/signup", NEW)
    post(client, "/confirm", {"email": NEW["email"]})
    assert [mail.subject for mail in sent_by(mailing)] == ["Confirm your address – musicapp"] * 2
    link = link_in(sent_by(mailing)[1].body)
    post(client, link)
    post(client, "/confirm", {"email": NEW["email"]})
    assert len(sent_by(mailing)) == 2, "who is confirmed gets no more of them"


def test_a_new_password_by_mail_confirms_too(mailing: Flask) -> None:
    client = mailing.test_client()
    post(client, "/signup", NEW)
    post(client, "/reset", {"email": NEW["email"]})
    link = link_in(sent_by(mailing)[1].body)
    post(client, link, {"password": "quite another one"}, page=link)
    assert logs_in(mailing, NEW["email"], "quite another one")


def test_made_up_links_are_refused_in_a_sentence(mailing: Flask) -> None:
    client = mailing.test_client()
    answer = client.get("/confirm/made-up")
    assert answer.status_code == 422
    assert "This link does not work any more." in answer.text


def test_accounts_that_staff_adds_need_no_confirmation(mailing: Flask) -> None:
    assert logs_in(mailing, add_person(mailing).email, PASSWORD)


def test_a_mail_holds_no_words_of_whoever_signed_up(mailing: Flask) -> None:
    client = mailing.test_client()
    post(client, "/signup", {**NEW, "name": "Win money at evil.example"})
    mail = sent_by(mailing)[0]
    assert "evil.example" not in mail.body + mail.alternatives[0][0] + mail.subject
