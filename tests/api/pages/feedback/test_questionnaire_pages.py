"""Questionnaires on the pages: who sees them, how a draft is edited without a script, and what two editors meet."""

import html
import re
from collections.abc import Callable

import pytest
from httpx2 import Response

from campus.feedback.questionnaires import actions, queries
from campus.feedback.questionnaires.content import Content, parsed
from core.database import Database
from tests.api.people import Browser
from tests.campus.sample_questionnaires import add_questionnaires
from tests.security.hostile import ALL_IN_ONE

Client = Callable[..., Browser]
ALL = "/feedback/questionnaires"
USED, UNOPENED, EMPTY = f"{ALL}/sample-feedback", f"{ALL}/sample-unopened", f"{ALL}/sample-empty"


@pytest.fixture
def questionnaires(database: Database) -> Database:
    with database.write() as session:
        add_questionnaires(session)
    return database


def text_of(answer: Response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def draft_of(database: Database, slug: str) -> Content:
    with database.read() as session:
        return parsed(actions.the_draft(session, queries.questionnaire(session, slug)).content)


def form_of(page: Response) -> dict[str, str]:
    """The fields of the page's last form as a browser would send them, but buttons and unticked boxes."""
    form = page.text[page.text.rindex("<form") :]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)
    }
    for box in re.findall(r'<input[^>]*?type="(?:checkbox|radio)"[^>]*>', form):
        if " checked" not in box:
            fields.pop(re.findall(r'name="([^"]+)"', box)[0], None)
    for name, body in re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        fields[name] = html.unescape(body)
    for name, body in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', body) or re.findall(r'value="([^"]*)"', body)
        fields[name] = html.unescape(chosen[0])
    fields.pop("csrf", None)
    return fields


@pytest.mark.usefixtures("questionnaires")
def test_readers_see_which_version_guests_get_and_no_form(signed_in: Client) -> None:
    reader = signed_in("viewer")
    page = text_of(reader.get(ALL))
    assert "Guests can be given 2 questionnaires." in page
    assert "Sample two languages" in page
    one = reader.get(USED)
    assert "Guests get version 2." in text_of(one)
    assert "<form method" not in one.text[one.text.index("<main") :]
    assert reader.get(f"{USED}/draft").status_code == 403


def test_the_empty_list_leads_to_the_standard_questionnaire_which_is_published_at_once(
    signed_in: Client, database: Database
) -> None:
    keeper = signed_in("quality")
    assert "No questionnaire yet" in keeper.get(ALL).text
    nameless = keeper.post_form(f"{ALL}/add", {"start": "standard"})
    assert nameless.status_code == 422
    assert "Enter a name" in nameless.text
    made = keeper.post_form(f"{ALL}/add", {"start": "standard", "name": "Sample stay"})
    assert made.headers["location"] == f"{ALL}/sample-stay/draft"
    assert "Version 1 can be published." in text_of(keeper.get(f"{ALL}/sample-stay/draft"))
    done = keeper.post_form(f"{ALL}/sample-stay/publish", form_of(keeper.get(f"{ALL}/sample-stay/publish")))
    assert done.status_code == 303
    with database.read() as session:
        live = queries.published(session, queries.questionnaire(session, "sample-stay").id)
        assert live is not None
        assert not live.used


@pytest.mark.usefixtures("questionnaires")
def test_each_fault_of_a_draft_leads_to_its_field(signed_in: Client) -> None:
    keeper = signed_in("quality")
    page = keeper.get(f"{USED}/draft").text
    for address, field in re.findall(r'<li><a href="([^"#]+)#([^"]+)">', page):
        there = keeper.get(address)
        assert there.status_code == 200
        assert f'id="{field}"' in there.text, (address, field)
    assert f'{USED}/draft/questions/value#text-it"' in page
    assert f'{USED}/draft/questions/value#text-ar"' in page
    assert f'{USED}/draft/questions/room_quiet#only_if"' in page
    refused = keeper.post_form(f"{USED}/publish", {"version": form_of(keeper.get(f"{USED}/draft/texts"))["version"]})
    assert refused.status_code == 422
    assert "Write the text in this language" in refused.text


def test_an_empty_draft_becomes_a_questionnaire_by_forms_alone(signed_in: Client, questionnaires: Database) -> None:
    keeper = signed_in("quality")

    def send(address: str, **fields: str) -> Response:
        page = keeper.get(f"{EMPTY}/draft/{address}")
        return keeper.post_form(f"{EMPTY}/draft/{address.partition('?')[0]}", form_of(page) | fields)

    texts = {"title-en": "Sample title", "intro-en": "Sample intro", "thanks-en": "Sample thanks"}
    assert send("texts", **texts).status_code == 303
    assert send("sections/add", **{"title-en": "Your room"}).headers["location"].endswith("#section-your_room")
    choice = {"kind": "choice", "area": "room", "text-en": "Which room?", "section": "your_room"}
    options = {"option-0-en": "Big", "option-1-en": "Small"}
    assert send("questions/add", **choice, **options, key="which").headers["location"].endswith("#question-which")
    more = send("questions/add", **choice, step="rows")
    assert "Option 5" in more.text
    assert "Which room?" in more.text
    rating = {"kind": "rating", "area": "room", "text-en": "How quiet was it?", "section": "your_room"}
    shown = send("questions/add", **rating, only_if="which", step="answers")
    assert 'value="small"' in shown.text
    chosen = rating | {"only_if": "which"}
    assert "Choose at least one answer." in send("questions/add", **chosen).text
    assert send("questions/add", **chosen, answers="small").status_code == 303
    assert keeper.post_form(f"{EMPTY}/publish", form_of(keeper.get(f"{EMPTY}/publish"))).status_code == 303
    with questionnaires.read() as session:
        live = queries.published(session, queries.questionnaire(session, "sample-empty").id)
        assert live is not None
        assert [(one.key, one.only_if and one.only_if.answers) for one in parsed(live.content).questions()] == [
            ("which", None),
            ("how_quiet_was_it", ("small",)),
        ]


def test_parts_are_moved_and_removed_and_languages_come_and_go(signed_in: Client, questionnaires: Database) -> None:
    keeper = signed_in("quality")
    base = f"{USED}/draft"

    def version() -> str:
        return form_of(keeper.get(f"{base}/texts"))["version"]

    moved = {"what": "question", "key": "arrival_found_way", "way": "down"}
    assert keeper.post_form(f"{base}/move", moved | {"version": version()}).status_code == 303
    asked = [one.key for one in draft_of(questionnaires, "sample-feedback").questions()]
    assert asked[:3] == ["arrival_welcome", "arrival_found_way", "overnight"]
    assert draft_of(questionnaires, "sample-feedback").sections[1].questions[0].key == "arrival_found_way"
    up = {"what": "section", "key": "food", "way": "up", "version": version()}
    keeper.post_form(f"{base}/move", up)
    assert draft_of(questionnaires, "sample-feedback").sections[1].key == "food"
    page = text_of(keeper.get(f"{base}/questions/overnight/remove"))
    assert "is asked only after an answer to it" in page
    for part in ("questions/overnight", "sections/learning", "languages/it"):
        assert keeper.post_form(f"{base}/{part}/remove", {"version": version()}).status_code == 303
    content = draft_of(questionnaires, "sample-feedback")
    assert content.question("overnight") is None
    assert "it" not in content.languages
    keeper.post_form(f"{base}/languages", {"language": "it", "version": version()})
    assert draft_of(questionnaires, "sample-feedback").languages[-1] == "it"
    assert keeper.post_form(f"{base}/languages", {"language": "xx", "version": version()}).status_code == 422


def test_who_saves_second_is_told_keeps_what_was_typed_and_sees_what_is_stored(
    signed_in: Client, questionnaires: Database
) -> None:
    first, second = signed_in("quality"), signed_in("quality")
    address = f"{USED}/draft/questions/value"
    mine, theirs = form_of(first.get(address)), form_of(second.get(address))
    assert first.post_form(address, mine | {"text-en": "Stored by the first"}).status_code == 303
    late = second.post_form(address, theirs | {"text-en": "Typed by the second"})
    assert late.status_code == 422
    assert "Somebody changed this questionnaire meanwhile" in late.text
    assert "Typed by the second" in late.text
    assert "Stored by the first" in late.text
    question = draft_of(questionnaires, "sample-feedback").question("value")
    assert question is not None
    assert question.text["en"] == "Stored by the first"
    assert second.post_form(address, form_of(late)).status_code == 303
    question = draft_of(questionnaires, "sample-feedback").question("value")
    assert question is not None
    assert question.text["en"] == "Typed by the second"


def test_what_was_typed_for_a_question_that_is_gone_can_be_added_anew(
    signed_in: Client, questionnaires: Database
) -> None:
    keeper = signed_in("quality")
    address = f"{USED}/draft/questions/value"
    typed = form_of(keeper.get(address)) | {"text-en": "Typed meanwhile"}
    keeper.post_form(f"{address}/remove", {"version": typed["version"]})
    late = keeper.post_form(address, typed)
    assert late.status_code == 422
    assert "Typed meanwhile" in late.text
    assert f'action="{USED}/draft/questions/add"' in late.text
    assert keeper.post_form(f"{USED}/draft/questions/add", form_of(late)).status_code == 303
    assert draft_of(questionnaires, "sample-feedback").question("value") is not None


@pytest.mark.usefixtures("questionnaires")
def test_what_changed_is_told_by_question_and_language(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get(f"{USED}/versions/2/changes"))
    assert "1 question added" not in page
    assert "1 dropped, 1 changed" in page
    assert "How would you rate the meals?" in page
    assert "How would you rate the quality of the food?" in page
    assert signed_in("viewer").get(f"{USED}/versions/1/changes").status_code == 404


@pytest.mark.usefixtures("questionnaires")
def test_rewording_is_published_only_by_who_says_that_the_meaning_is_the_same(signed_in: Client) -> None:
    keeper = signed_in("quality")
    address = f"{UNOPENED}/draft/questions/value"
    keeper.post_form(f"{UNOPENED}/draft", {"version": form_of(keeper.get(f"{UNOPENED}/name"))["version"]})
    keeper.post_form(address, form_of(keeper.get(address)) | {"text-en": "Was it worth it?"})
    asked = keeper.get(f"{UNOPENED}/publish")
    assert "Was it worth it?" in asked.text
    assert keeper.post_form(f"{UNOPENED}/publish", form_of(asked)).status_code == 422
    done = keeper.post_form(f"{UNOPENED}/publish", form_of(asked) | {"same_meaning": "1"})
    assert done.status_code == 303


@pytest.mark.usefixtures("questionnaires")
def test_a_published_version_is_taken_back_until_a_guest_has_opened_it(signed_in: Client) -> None:
    keeper = signed_in("quality")
    form = form_of(keeper.get(f"{UNOPENED}/withdraw"))
    assert keeper.post_form(f"{UNOPENED}/withdraw", form).status_code == 303
    assert "Guests get nothing yet" in text_of(keeper.get(UNOPENED))
    assert keeper.get(f"{USED}/withdraw").status_code == 409


@pytest.mark.usefixtures("questionnaires")
def test_a_preview_is_marked_with_its_language_and_direction_and_can_send_nothing(signed_in: Client) -> None:
    reader = signed_in("viewer")
    for language, direction in (("ar", "rtl"), ("es", "ltr")):
        page = reader.get(f"{USED}/versions/2/preview/{language}").text
        article = page[page.index("<article") : page.index("</article>")]
        assert f'lang="{language}" dir="{direction}"' in article
        assert "<form" not in article
        assert "<button" not in article
        assert "disabled" not in article
    assert 'class="scale rating"' in article  # the very controls that guests get
    assert "muy mal" in article
    assert "كيف تقيّمون" in reader.get(f"{USED}/versions/2/preview/ar").text
    assert reader.get(f"{USED}/versions/2/preview/de").status_code == 404


def test_hostile_texts_are_shown_as_text_everywhere(signed_in: Client, questionnaires: Database) -> None:
    keeper = signed_in("quality")
    address = f"{UNOPENED}/draft"
    keeper.post_form(address, {"version": form_of(keeper.get(f"{UNOPENED}/name"))["version"]})
    form = form_of(keeper.get(f"{address}/questions/value"))
    hostile = {name: ALL_IN_ONE for name in form if name.startswith(("text-", "hint-"))}
    assert keeper.post_form(f"{address}/questions/value", form | hostile).status_code == 303
    for page in ("draft", "draft/questions/value", "versions/2/preview/ar", "versions/2/changes", "publish", ""):
        shown = keeper.get(f"{UNOPENED}/{page}".rstrip("/")).text
        assert "<script>" not in shown[shown.index("<main") :]
        assert "<img" not in shown[shown.index("<main") :]
