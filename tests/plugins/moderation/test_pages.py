"""Claims about the pages of moderation: they work by their forms alone, and show each person what is theirs to know."""

import re
from datetime import timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from musicapp.site.stored_settings import store_settings
from plugins.moderation import services
from plugins.moderation.models import Report
from tests.people import Somebody, add_person, post, sign_in
from tests.plugins.moderation.court import Court
from tests.plugins.moderation.poems import SECRET


def browser(court: Court, person: Somebody | None = None) -> FlaskClient:
    client = court.app.test_client()
    if person is not None:
        sign_in(client, person)
    return client


def test_a_report_is_sent_by_a_plain_form_and_stands_among_ones_own(court: Court) -> None:
    court.poem(7)
    hers = browser(court, court.mira)
    page = hers.get("/report/poem/7").text
    assert "Report this poem" in page and "“Poem 7” by A poet" in page and "It is hateful" in page
    assert 'name="at_s"' not in page, "a poem has no second"
    nothing_chosen = post(hers, "/report/poem/7", {"words": "The second line."})
    assert nothing_chosen.status_code == 422 and "Choose what is wrong." in nothing_chosen.text
    assert "The second line." in nothing_chosen.text
    wordless = post(hers, "/report/poem/7", {"category": "other"})
    assert wordless.status_code == 422 and "Say what it is, in your words." in wordless.text
    sent = post(hers, "/report/poem/7", {"category": "hateful", "words": "The second line."})
    assert sent.status_code == 303 and "Thank you" in hers.get(sent.headers["Location"]).text
    mine = hers.get("/my-reports").text
    assert "Poem 7" in mine and "“The second line.”" in mine and "Waits" in mine
    [case] = cases(court)
    court.decide(case, "flag")
    assert "We hid it." in hers.get("/my-reports").text


def cases(court: Court) -> list[int]:
    with court.here():
        return [row.id for row in services.queue(services.Filters()).rows]


def test_visitors_report_what_they_see_and_nobody_what_is_not_theirs_to_know(court: Court) -> None:
    court.poem(7)
    visitor = browser(court)
    sent = post(visitor, "/report/poem/7", {"category": "spam"})
    assert sent.status_code == 303 and "nobody can write to you" in visitor.get(sent.headers["Location"]).text
    for address in (f"/report/poem/{SECRET}", "/report/sonnet/7", "/report/poem/99999999999"):
        assert visitor.get(address).status_code == 404, address
        assert post(visitor, address, {"category": "spam"}).status_code == 404, address
    for _ in range(4):
        post(visitor, "/report/poem/7", {"category": "spam"})
    often = post(visitor, "/report/poem/7", {"category": "spam"})
    assert often.status_code == 429 and "many reports in a short time" in often.text


def test_the_queue_shows_what_waits_and_counts_it_in_the_menu(court: Court) -> None:
    for poem_id, reach in ((7, 3), (8, 300)):
        court.poem(poem_id, reach=reach)
        court.report(poem_id, category="spam" if poem_id == 7 else "rights")
    theirs = browser(court, court.jonas)
    page = theirs.get("/moderation").text
    assert page.index("Poem 8") < page.index("Poem 7"), "the heavier one first"
    assert re.search(r'Moderation</span><span class="count">2</span>', page)
    assert re.search(r'Reports queue <span class="num">2</span>', page)
    assert re.search(r'Open <span class="num">2</span>', page)
    narrowed = theirs.get("/moderation?category=spam").text
    assert re.findall(r'<h3 class="clip">(.*?)</h3>', narrowed) == ["Poem 7"]
    assert "Nothing here fits" in theirs.get("/moderation?kind=riddle").text
    assert "You have taken no case" in theirs.get("/moderation?of=mine").text
    assert browser(court, court.mira).get("/moderation").status_code == 403
    assert browser(court).get("/moderation").status_code == 302


def test_a_case_is_taken_decided_and_taken_back(court: Court) -> None:
    poem = court.poem(7)
    case_id = court.report(7, words="Line two is mine.")
    poem.words = "Lilies are white."
    theirs, here = browser(court, court.jonas), f"/moderation/cases/{case_id}"
    page = theirs.get(here).text
    assert "“Line two is mine.”" in page and "Mira" in page and "Lilies are white." in page
    assert "Changed since it was reported" in page and "Roses are red." in page
    assert post(theirs, f"{here}/take").status_code == 303
    other = browser(court, court.ada)
    taken = post(other, f"{here}/take")
    assert taken.status_code == 409 and "Jonas was first" in taken.text and "Look at it as it is now" in taken.text
    without_reason = post(theirs, f"{here}/decide", {"action": "flag"})
    assert without_reason.status_code == 422 and "whom it concerns will read it" in without_reason.text
    decided = post(
        theirs, f"{here}/decide", {"action": "flag", "reason": "It is not yours.", "version": version(theirs, here)}
    )
    assert decided.status_code == 303 and poem.marks == {"hidden"}
    assert "We hid your poem" in court.told(court.poet, "decision")[0]
    late = post(other, f"{here}/decide", {"action": "dismiss", "reason": "It may stay."})
    assert late.status_code == 409 and "Jonas was first: this case is decided." in late.text
    assert "It may stay." in late.text, "what was written is not lost"
    [decision] = court.decisions(case_id)
    undone = post(other, f"/moderation/decisions/{decision.id}/undo", {"reason": "We were wrong."})
    assert undone.status_code == 303 and poem.marks == set()
    log = theirs.get(here).text
    assert "Jonas decided: hidden" in log and "Ada took a decision back" in log
    listed = theirs.get("/moderation/decisions").text
    assert "Poem 7" in listed and "Taken back by Ada: We were wrong." in listed
    assert "No decision like that" in theirs.get("/moderation/decisions?of=remove").text


def version(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', client.get(address).text)
    assert found is not None
    return found.group(1)


def test_an_owner_appeals_on_the_page_or_by_the_mailed_link_and_another_moderator_answers(court: Court) -> None:
    poem = court.poem(7)
    decision_id = court.decide(court.report(7), "remove")
    hers, stranger = browser(court, court.poet), browser(court, court.mira)
    here = f"/decisions/{decision_id}"
    assert "Because it is so." in hers.get(here).text and "Jonas" not in hers.get(here).text
    assert here in hers.get("/decisions").text and here not in stranger.get("/decisions").text
    assert stranger.get(here).status_code == 404
    assert post(stranger, f"{here}/appeal", {"words": "Please."}).status_code == 404
    with court.here():
        token = services.appeal_token(court.poet.id, decision_id)
    visitor = browser(court)
    assert visitor.get(f"/appeal/{token[:-2]}").status_code == 404
    assert "Because it is so." in visitor.get(f"/appeal/{token}").text
    assert post(visitor, f"/appeal/{token}", {"words": ""}).status_code == 422
    assert post(visitor, f"/appeal/{token}", {"words": "I wrote it <b>myself</b>."}).status_code == 303
    assert "I wrote it &lt;b&gt;myself&lt;/b&gt;." in hers.get(here).text
    assert post(hers, f"{here}/appeal", {"words": "Again."}).status_code == 409
    [case_id] = cases(court)
    answer = f"/moderation/decisions/{decision_id}/answer"
    own = post(browser(court, court.jonas), answer, {"upheld": "no", "reason": "It may stay."})
    assert own.status_code == 403 and "another moderator answers" in own.text
    theirs = browser(court, court.ada)
    page = theirs.get(f"/moderation/cases/{case_id}").text
    assert "Answer the appeal" in page and "I wrote it" in page
    assert post(theirs, answer, {"upheld": "no", "reason": "She did write it."}).status_code == 303
    assert poem.marks == set() and "She did write it." in hers.get(here).text


def test_several_cases_are_decided_alike_with_a_kept_reason(court: Court) -> None:
    for poem_id in (7, 8, 9):
        court.poem(poem_id)
    ids = [court.report(7), court.report(8), court.report(9, court.jonas)]
    theirs = browser(court, court.jonas)
    assert post(theirs, "/moderation/choose", {"action": "dismiss", "reason": "Fine."}).status_code == 422
    page = theirs.get("/moderation/choose").text
    canned = re.search(r'<option data-words="[^"]+" value="(\d+)">Not against the rules<', page)
    assert canned is not None, page
    sent = post(theirs, "/moderation/choose", {"action": "dismiss", "canned": canned.group(1), "case": ids})
    assert sent.status_code == 409 and "You reported it" in sent.text, "his own is left to others"
    assert [court.case(one).state for one in ids] == ["closed", "closed", "open"]
    assert court.decisions(ids[0])[0].reason.startswith("We looked at it and found nothing")


def test_kept_reasons_are_changed_where_they_stand(court: Court) -> None:
    theirs = browser(court, court.jonas)
    kept = {"title": "Not a poem", "action": "remove", "words": "It does not rhyme."}
    assert post(theirs, "/moderation/reasons", kept).status_code == 303
    again = post(theirs, "/moderation/reasons", kept)
    assert again.status_code == 422 and "Another reason is called so." in again.text
    found = re.search(
        r'/moderation/reasons/(\d+)">Change<span class="sr"> “Not a poem”', theirs.get("/moderation/reasons").text
    )
    assert found is not None
    here = f"/moderation/reasons/{found.group(1)}"
    assert "It does not rhyme." in theirs.get(here).text
    assert post(theirs, here, {**kept, "title": "Broken file"}).status_code == 422, "another one is called so"
    assert post(theirs, here, {**kept, "words": "It limps."}).status_code == 303
    assert "It limps." in theirs.get("/moderation/reasons").text
    assert post(theirs, f"{here}/drop").status_code == 303
    assert "Not a poem" not in theirs.get("/moderation/reasons").text and theirs.get(here).status_code == 404


def test_everybody_reads_the_rules_and_the_numbers(court: Court) -> None:
    visitor = browser(court)
    assert "Publish what is yours" in visitor.get("/rules").text
    assert "Nothing was reported in a whole month yet" in visitor.get("/transparency").text
    for reader in ("Ida", "Ona", "Wren", "Tomasz"):
        court.report(7, add_person(court.app, reader))
    with court.here():
        store_settings("moderation", {"rules": "Sing.\n\n# No <shouting>\n\nPlease."})
        with writing() as unit:
            unit.execute(sa.update(Report).values(made_at=now() - timedelta(days=40)))
    page = visitor.get("/rules").text
    assert "No &lt;shouting&gt;</h2>" in page and "Publish what is yours" not in page
    page = visitor.get("/transparency").text
    assert re.search(r'<td class="r num">4</td>', page) and page.count('class="chart"') == 2
