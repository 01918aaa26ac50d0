"""Guests answer without an account and without a script; whatever is sent, nothing is lost and nothing leaks."""

import gzip
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from html import escape

import pytest
import sqlalchemy as sa

from api.static_files import FOLDER
from campus.feedback.quarters import week_of
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses.throttle import Throttle
from core import clock, trail
from core.i18n import today
from tests.api.pages.survey.conftest import RATED, Guest, Point
from tests.api.people import Browser
from tests.campus.feedback import guests

LARGEST_PAGE = 50_000  # bytes, compressed, with everything that belongs to it
LARGE = "Sample text. " * 80_000  # 1 MB


def test_a_guest_answers_step_by_step_and_one_response_is_kept(guest: Guest, point: Point) -> None:
    first = guest.open()
    assert "Step 1 of 2" in first.text
    assert "How comfortable was your room?" in first.text
    second = guest.send({"room_comfort": "4", "room_clean": "5"})
    assert "Step 2 of 2" in second.text
    thanks = guest.send({"food": "3", "recommend": "9", "improve": "Sample: more tea."})
    assert "Your answers have arrived" in thanks.text
    [(response, answers, comments)] = point.responses()
    assert answers == {"room_comfort": "4", "room_clean": "5", "food": "3", "recommend": "9"}
    assert comments == {"improve": "Sample: more tea."}
    assert (response.week, response.language, response.origin) == (week_of(today()), "en", "point")
    assert (response.pavilion_id, response.version_id) == (point.pavilion_id, point.version_id)


def test_no_cookie_is_set_and_no_entry_of_the_trail_is_written(guest: Guest, point: Point) -> None:
    with point.database.read() as session:
        before = len(trail.entries(session))
    answers = [guest.open(), guest.send({"room_comfort": "1"}), guest.answer_all(), guest.browser.get("/survey/none")]
    assert not any("set-cookie" in one.headers for one in answers)
    with point.database.read() as session:
        assert len(trail.entries(session)) == before


def test_the_thanks_lead_to_the_page_for_an_answer_in_the_same_language(guest: Guest, point: Point) -> None:
    guest.open("it")
    guest.send()
    thanks = guest.send({"recommend": "9"})
    address = f"/ask?lang=it&from={point.key}"
    assert f'href="{escape(address)}"' in thanks.text
    page = guest.browser.get(address).text
    assert '<html lang="it" dir="ltr">' in page
    assert 'name="pavilion" type="checkbox" value="sample-north" checked' in page


def test_back_and_next_keep_every_answer(guest: Guest) -> None:
    guest.open()
    guest.send({"room_comfort": "4"})
    back = guest.send({"food": "2", "improve": "Sample\nlines"}, go="back")
    assert 'name="q-room_comfort" value="4" checked' in back.text
    again = guest.send()
    assert 'name="q-food" value="2" checked' in again.text
    assert guest.fields["q-improve"] == "Sample\nlines"


def test_changing_the_language_keeps_the_answers_and_the_step(guest: Guest, point: Point) -> None:
    guest.open()
    guest.send({"room_comfort": "4"})
    arabic = guest.send({"food": "2"}, speak="ar")
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert arabic.headers["content-language"] == "ar"
    assert 'name="q-food" value="2" checked' in arabic.text
    guest.send({"recommend": "9"})
    [(response, answers, _comments)] = point.responses()
    assert (response.language, answers) == ("ar", {"room_comfort": "4", "food": "2", "recommend": "9"})


def test_the_language_is_that_of_the_address_else_of_the_browser(guest: Guest) -> None:
    headers = {"Accept-Language": "de, it;q=0.9, fr;q=0.5"}
    assert '<html lang="it"' in guest.browser.get(guest.address, headers=headers).text
    assert '<html lang="es"' in guest.browser.get(f"{guest.address}?lang=es", headers=headers).text
    assert '<html lang="it"' in guest.browser.get(f"{guest.address}?lang=tlh", headers=headers).text


def test_a_section_that_depends_on_an_earlier_answer_is_passed_over(guest: Guest, point: Point) -> None:
    content = deepcopy(guests.CONTENT)
    only_if = {"question": "found_way", "answers": ["no"]}
    lost = guests.question("lost_where", "text", "campus", "Where did you get lost?", only_if=only_if)
    content["sections"].append({"key": "lost", "title": guests.texts("Lost"), "questions": [lost]})
    point.publish(content)
    guest.open()
    guest.send()
    assert "Where did you get lost?" in guest.send({"found_way": "no", "recommend": "3"}).text
    guest.send(go="back")
    assert "have arrived" in guest.send({"found_way": "yes"}, **{"q-lost_where": "Sample gate"}).text
    [(_response, answers, comments)] = point.responses()
    assert (answers, comments) == ({"found_way": "yes", "recommend": "3"}, {})


def test_what_is_missing_is_named_and_linked_and_the_rest_stays(guest: Guest, point: Point) -> None:
    guest.open()
    guest.send()
    wrong = guest.send({"food": "2"})
    assert wrong.status_code == 422
    assert "<title>Error:" in wrong.text
    assert '<a href="#q-recommend">' in wrong.text
    assert 'name="q-food" value="2" checked' in wrong.text
    assert point.responses() == []


@pytest.mark.parametrize(
    "forged", [{"room_comfort": "6"}, {"room_comfort": "4.0"}, {"room_comfort": "\x00"}, {"room_clean": "' OR 1=1"}]
)
def test_a_forged_hidden_answer_leads_back_to_its_step(guest: Guest, point: Point, forged: dict[str, str]) -> None:
    guest.open()
    guest.send()
    sent = guest.send({"recommend": "9"} | forged)
    if forged == {"room_comfort": "\x00"}:  # which is nothing at all
        assert "have arrived" in sent.text
        return
    assert sent.status_code == 422
    assert "Step 1 of 2" in sent.text
    assert "Please choose one of the answers." in sent.text
    assert point.responses() == []


def test_fields_that_no_question_has_and_files_are_passed_over(guest: Guest, point: Point) -> None:
    guest.open()
    guest.send()
    files = {"q-improve": ("x.exe", b"\x00\xff", "application/octet-stream")}
    data = guest.fields | {"q-recommend": "9", "q-nothing": "x", "unknown": "y", "go": "next"}
    assert "have arrived" in guest.browser.post(guest.address, data=data, files=files).text
    assert [(answers, comments) for _one, answers, comments in point.responses()] == [({"recommend": "9"}, {})]


def test_a_comment_of_a_megabyte_is_kept_in_the_form_with_an_error(guest: Guest, point: Point) -> None:
    guest.open()
    guest.send()
    wrong = guest.send({"recommend": "9", "improve": LARGE})
    assert wrong.status_code == 422
    assert "Please shorten your text to 2000 characters" in wrong.text
    assert guest.fields["q-improve"] == LARGE
    assert "have arrived" in guest.send({"improve": "Short."}).text
    assert [comments for _one, _answers, comments in point.responses()] == [{"improve": "Short."}]


def test_invisible_characters_script_and_broken_encodings_become_plain_text(guest: Guest, point: Point) -> None:
    guest.open()
    guest.send()
    hostile = "<script>alert(1)</script>\x00\x07 a\tb\r\nc"
    again = guest.send({"improve": hostile}, go="back")
    assert "<script>alert" not in again.text
    guest.send()
    data = "&".join(f"{name}={value}" for name, value in guest.fields.items() if name in ("form", "step", "lang"))
    body = f"{data}&go=next&q-recommend=9&q-improve=%FF%FE+tea".encode() + b"\xff"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert "have arrived" in guest.browser.post(guest.address, content=body, headers=headers).text
    assert point.responses()[0][2]["improve"].startswith("�� tea")


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"\x00\x01", "text/plain"), (b"{}", "application/json"), (b"--x\r\nbroken", "multipart/form-data; boundary=x")],
)
def test_what_is_no_form_is_answered_in_the_guests_language(guest: Guest, content: bytes, kind: str) -> None:
    headers = {"Content-Type": kind, "Accept-Language": "it"}
    answer = guest.browser.post(guest.address, content=content, headers=headers)
    assert 400 <= answer.status_code < 500
    assert '<html lang="it"' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_flood_of_empty_fields_is_refused_before_it_is_read(guest: Guest) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "fr"}
    answer = guest.browser.post(guest.address, content=b"&" * 3_000_000, headers=kind)

    assert (answer.status_code, answer.headers["Content-Language"]) == (400, "fr")


def test_no_page_that_is_opened_from_here_is_told_the_address(guest: Guest) -> None:
    for page in (guest.open(), guest.answer_all(), guest.browser.get("/invited/forged")):
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_addresses_data_and_room_numbers_in_a_comment_are_not_stored(guest: Guest, point: Point) -> None:
    guest.answer_all({"improve": "Sample in room 101: mail guest@example.org or +39 011 555 0100."})
    text = point.responses()[0][2]["improve"]
    assert not re.search("example|555|101", text)
    assert text.startswith("Sample in ")


def test_sending_twice_keeps_one_response(guest: Guest, point: Point) -> None:
    assert "have arrived" in guest.answer_all().text
    guest.open()
    guest.send()
    fields = dict(guest.fields)
    for _time in range(3):
        guest.fields = fields
        assert "have arrived" in guest.send({"recommend": "9"}).text
    assert len(point.responses()) == 2


def test_a_form_that_comes_back_at_once_is_shown_again(
    guest: Guest, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    assert "That was very quick" in guest.answer_all().text
    assert point.responses() == []
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=4))
    assert "have arrived" in guest.send().text
    assert point.responses()[0][1] == RATED


def test_a_form_of_yesterday_is_shown_again_with_its_answers(
    guest: Guest, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.open()
    guest.send()
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "open for more than a day" in guest.send({"recommend": "9"}).text
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(minutes=1))
    assert "have arrived" in guest.send().text
    assert point.responses()[0][1] == {"recommend": "9"}


@pytest.mark.parametrize(
    "spoil", [lambda form: "", lambda form: form[:-1] + "g", lambda form: form.replace(".", "1.", 1)]
)
def test_a_mark_that_was_never_handed_out_is_told_and_nothing_is_lost(
    guest: Guest, point: Point, spoil: Callable[[str], str]
) -> None:
    guest.open()
    guest.send()
    answer = guest.send({"recommend": "9"}, form=spoil(guest.fields["form"]))
    assert answer.status_code == 422
    assert "This form was not complete" in answer.text
    assert point.responses() == []
    assert "have arrived" in guest.send().text


def test_a_guest_goes_on_with_the_version_they_began(guest: Guest, point: Point) -> None:
    guest.open()
    content = deepcopy(guests.CONTENT)
    content["sections"] = content["sections"][:1]
    newer = point.publish(content)
    guest.send()
    assert "have arrived" in guest.send({"recommend": "9"}).text
    assert "Step 1" not in guest.open().text  # the new version has one section
    guest.send({"room_comfort": "2"})
    assert {one.version_id for one, _answers, _comments in point.responses()} == {point.version_id, newer}


def test_the_first_guest_makes_a_version_used(guest: Guest, point: Point) -> None:
    newer = point.publish(guests.CONTENT)
    with point.database.read() as session:
        assert not session.get_one(QuestionnaireVersion, newer).used
    guest.open()
    with point.database.read() as session:
        assert session.get_one(QuestionnaireVersion, newer).used


def test_an_ended_point_says_that_it_is_closed(guest: Guest, point: Point) -> None:
    guest.open()
    point.end()
    assert "This questionnaire is closed" in guest.browser.get(guest.address).text
    assert "Este cuestionario está cerrado" in guest.browser.get(f"{guest.address}?lang=es").text
    assert "This questionnaire is closed" in guest.send({"recommend": "9"}).text
    assert point.responses() == []


def test_an_unknown_key_is_told_in_the_guests_language(guest: Guest) -> None:
    answer = guest.browser.get("/survey/nothing", headers={"Accept-Language": "ar"})
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_texts_name_the_pavilion(guest: Guest, point: Point) -> None:
    content = deepcopy(guests.CONTENT)
    content["sections"][0]["questions"][0]["text"]["en"] = "How was {pavilion}?"
    point.publish(content)
    assert "How was Sample North?" in guest.open().text


def test_too_many_answers_are_told_to_wait_and_stay_in_the_form(
    guest: Guest, point: Point, configure: Callable[..., None]
) -> None:
    configure(answers_per_network=2)
    for _guest in range(2):
        assert "have arrived" in guest.answer_all().text
    refused = guest.answer_all({"improve": "Sample: more tea."})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 900
    assert guest.fields["q-improve"] == "Sample: more tea."
    assert len(point.responses()) == 2
    guest.browser.app.state.answers = Throttle()  # type: ignore[attr-defined]
    assert "have arrived" in guest.send().text


def test_a_page_with_its_files_is_small(guest: Guest) -> None:
    for language in guests.LANGUAGES:
        page = guest.open(language)
        files = [FOLDER / name for name in re.findall(r"/static/([^?\"]+)\?", page.text)]
        assert len(files) == 4
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) + len(gzip.compress(page.content)) < 12_000
        assert sum(file.stat().st_size for file in files) + len(page.content) < LARGEST_PAGE


def test_the_largest_questionnaire_stays_below_the_limit(guest: Guest, point: Point) -> None:
    content = deepcopy(guests.CONTENT)
    text = "How satisfied were you with what the campus offered you in this respect during the whole of your stay?"
    asked = [guests.question(f"question_{number}", "score", "room", f"{text} {number}") for number in range(40)]
    content["sections"] = [{"key": "all", "title": guests.texts("All"), "questions": asked}]
    point.publish(content)
    page = guest.open("ar")
    files = [(FOLDER / name).read_bytes() for name in re.findall(r"/static/([^?\"]+)\?", page.text)]
    assert sum(len(gzip.compress(one)) for one in [*files, page.content]) < LARGEST_PAGE


def test_nothing_is_chosen_or_filled_beforehand(guest: Guest) -> None:
    page = guest.open().text
    assert " checked" not in page
    assert 'autocomplete="off"' in page
    assert set(guest.fields) == {"form", "step", "lang", "q-room_wrong"}
    assert guest.fields["q-room_wrong"] == ""


def test_the_time_a_form_was_served_is_stored_nowhere(guest: Guest, point: Point) -> None:
    guest.answer_all()
    with point.database.read() as session:
        assert "login_attempt" in QuestionnaireVersion.metadata.tables
        assert session.scalar(sa.text("SELECT count(*) FROM login_attempt")) == 0
        row = session.execute(sa.text("SELECT * FROM response")).mappings().one()
    assert set(row) == {
        *("id", "version_id", "week", "language", "pavilion_id", "event_id", "segment_id", "origin"),
    }
    assert guest.fields.get("form", "") == ""


def test_a_signed_in_person_answers_as_anybody_else(guest: Guest, signed_in: Callable[..., Browser]) -> None:
    page = signed_in("quality").get(guest.address)
    assert "Sign out" not in page.text
    assert "set-cookie" not in page.headers
