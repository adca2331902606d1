"""Claims about the forms of decisions and appeals: whose an appeal is, and what no form of the site sends."""

from plugins.moderation import services
from tests.conftest import on_one_database
from tests.people import post, sign_in
from tests.plugins.moderation.court import Court


@on_one_database
def test_an_appeal_is_yours_to_who_made_it_alone(court: Court) -> None:
    court.poem(1, court.poet, court.mira)
    decision_id = court.decide(court.report(1, court.ada))
    with court.here():
        services.appeal(court.poet.id, decision_id, "I wrote it.")
    for person, head, said in ((court.poet, "Your appeal", "You said"), (court.mira, "The appeal", "It says")):
        client = court.app.test_client()
        sign_in(client, person)
        page = client.get(f"/decisions/{decision_id}").text
        assert head in page and said in page and ("Your appeal" in page) == (person == court.poet)


@on_one_database
def test_a_version_of_thousands_of_digits_is_just_another_version(court: Court) -> None:
    court.poem(1)
    case_id = court.report(1)
    client = court.app.test_client()
    sign_in(client, court.jonas)
    asked = {"action": "warn", "reason": "So.", "version": "9" * 5_000}
    assert post(client, f"/moderation/cases/{case_id}/decide", asked).status_code == 409
