"""Guests' comments as readers and keepers see them: searched, corrected, hidden for good; and their topics."""

import html
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from httpx2 import Response

from campus.feedback.comments.models import Comment, CommentTopic
from core.database import Database
from core.trail import TrailEntry
from tests.api.people import Browser
from tests.campus.sample_comments import HOSTILE, PLAIN, RIGHT_TO_LEFT, add_small_feedback

Client = Callable[..., Browser]
LIST = "/feedback/comments"
ONE = f"{LIST}/{PLAIN}"


@pytest.fixture
def said(database: Database) -> Database:
    add_small_feedback(database)
    return database


def text_of(answer: Response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def stored(database: Database, number: str = PLAIN) -> Comment:
    with database.read() as session:
        return session.get_one(Comment, number)


@pytest.mark.usefixtures("said")
def test_the_list_says_what_guests_write_about_and_shows_no_comment_that_waits(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get(LIST))
    assert "Guests wrote 11 comments." in page
    assert "Guests write most often about" in page
    assert "Sample that waits" not in page
    assert "[telephone], [room]." in page


@pytest.mark.usefixtures("said")
def test_a_search_knows_no_accents_and_marks_what_it_found(signed_in: Client) -> None:
    page = signed_in("viewer").get(f"{LIST}?words=TRES+dejeuner")
    assert "1 comment fits." in page.text
    assert "<mark>Très</mark>" in page.text
    assert "<mark>déjeuner</mark>" in page.text


@pytest.mark.usefixtures("said")
def test_filters_ask_for_what_is_shown(signed_in: Client) -> None:
    wanted = {
        "topic=noise": 5,
        "topic=noise&sentiment=negative": 4,
        "language=fr": 2,
        "language=unknown": 2,
        "question=improve&area=overall": 11,
        "quarter=1999-Q1": 0,
        "words=%25": 11,
        "words=_": 11,
        "group=pavilion%3Anowhere": 0,
    }
    reader = signed_in("viewer")
    assert {asked: reader.get(f"{LIST}?{asked}").text.count('class="comment"') for asked in wanted} == wanted


@pytest.mark.usefixtures("said")
def test_a_topic_of_fewer_than_five_comments_is_not_parted_by_sentiment(signed_in: Client) -> None:
    rows = re.findall(r"<tr.*?</tr>", signed_in("viewer").get(LIST).text, re.DOTALL)
    parted = {len(re.findall(r'data-label="(?:Positive|Mixed|Negative|Uncertain)"[^>]*>–', row)) for row in rows[1:]}
    assert parted == {0, 4}


@pytest.mark.usefixtures("said")
def test_a_text_keeps_its_language_and_direction_and_is_never_translated(signed_in: Client) -> None:
    page = signed_in("viewer").get(f"{LIST}/{RIGHT_TO_LEFT}").text
    assert '<blockquote class="said" dir="rtl" lang="ar" translate="no">' in page
    assert 'dir="auto" translate="no">' in signed_in("viewer").get(f"{LIST}/{HOSTILE}").text


def test_what_staff_say_stays_and_can_be_undone(said: Database, signed_in: Client) -> None:
    keeper = signed_in("quality")
    given = {"version": str(stored(said).version), "language": "it", "topics": ["food"], "sentiment": "mixed"}
    page = keeper.post_form(ONE, given, follow_redirects=True)
    assert "The service leaves it as you said." in page.text
    found = stored(said)
    assert (found.language, found.topics, found.sentiment) == ("it", ["food"], "mixed")
    assert found.corrected == ["language", "sentiment", "topics"]
    keeper.post_form(f"{ONE}/undo", {"version": str(found.version)})
    assert (stored(said).language, stored(said).sentiment, stored(said).corrected) == ("en", "negative", ["sentiment"])


def test_an_old_version_changes_nothing_and_keeps_the_entries(said: Database, signed_in: Client) -> None:
    answer = signed_in("quality").post_form(ONE, {"version": "9999", "language": "it", "sentiment": "mixed"})
    assert answer.status_code == 422
    assert "Somebody changed it meanwhile." in answer.text
    assert '<option value="it" selected>' in answer.text
    assert stored(said).language == "en"


def test_words_are_hidden_for_good_after_a_question_and_the_trail_never_has_the_text(
    said: Database, signed_in: Client
) -> None:
    keeper = signed_in("quality")
    given = {"version": str(stored(said).version), "passage": "The shower was cold"}
    asked = keeper.post_form(f"{ONE}/redact", given)
    assert "It cannot be undone" in asked.text
    assert "The shower was cold" in stored(said).text
    keeper.post_form(f"{ONE}/redact", given | {"step": "sure"})
    assert stored(said).text.startswith("[hidden] and the room was noisy.")
    assert "shower" not in stored(said).searched
    with said.read() as session:
        entries = session.scalars(sa.select(TrailEntry).where(TrailEntry.subject == "comment")).all()
    assert [one.action for one in entries] == ["comment.redact"]
    assert "shower" not in repr([(one.before, one.after) for one in entries])


def test_words_that_do_not_stand_in_the_comment_are_told_at_the_field(said: Database, signed_in: Client) -> None:
    given = {"version": str(stored(said).version), "passage": "not there"}
    answer = signed_in("quality").post_form(f"{ONE}/redact", given)
    assert answer.status_code == 422
    assert "These words do not stand in the comment" in answer.text
    assert 'value="not there"' in answer.text


def test_a_comment_that_waits_is_answered_like_one_that_is_not_there(said: Database, signed_in: Client) -> None:
    with said.read() as session:
        waiting = session.scalars(sa.select(Comment.id).where(Comment.shown_from.is_(None))).one()
    answers = {signed_in("quality").get(f"{LIST}/{one}").status_code for one in (waiting, "f" * 32, "\u202e")}
    assert answers == {404}


def test_topics_are_added_tried_changed_dropped_and_brought_back(said: Database, signed_in: Client) -> None:
    keeper, topics = signed_in("quality"), f"{LIST}/topics"
    keeper.post_form(f"{topics}/add", {"name": "Laundry", "words": "en: laundr\nfr: lave-linge"})
    tried = keeper.post_form(topics, {"text": "Le LAVE LINGE est cassé", "language": "fr"})
    assert "fr: lave-linge" in tried.text
    keeper.post_form(f"{topics}/laundry", {"version": "1", "name": "Washing", "words": "en: wash"})
    keeper.post_form(f"{topics}/laundry/undo")
    with said.read() as session:
        found = session.scalars(sa.select(CommentTopic).where(CommentTopic.slug == "laundry")).one()
    assert (found.name, found.words) == ("Laundry", ["en: laundr", "fr: lave-linge"])
    assert "Drop the topic Laundry?" in keeper.get(f"{topics}/laundry/drop").text
    keeper.post_form(f"{topics}/laundry/drop", {"version": str(found.version)})
    assert keeper.get(f"{topics}/laundry").status_code == 404
    keeper.post_form(f"{topics}/laundry/undo")
    assert keeper.get(f"{topics}/laundry").status_code == 200


@pytest.mark.usefixtures("said")
def test_wrong_words_of_a_topic_are_told_by_their_line(signed_in: Client) -> None:
    keeper = signed_in("quality")
    for words, said_of_it in {
        "douche": "Line 1 must begin with a language",
        "fr: douche\nde: laut": "Line 2 must begin with a language",
        "fr: x": "Line 1 needs 2 to 60 letters",
        "": "Fill this in",
    }.items():
        answer = keeper.post_form(f"{LIST}/topics/add", {"name": "Sample", "words": words})
        assert (answer.status_code, said_of_it in answer.text) == (422, True)


@pytest.mark.usefixtures("said")
def test_methods_show_their_accuracy_and_hide_small_numbers(signed_in: Client) -> None:
    page = text_of(signed_in("viewer").get(f"{LIST}/methods"))
    assert "Sentiment is told in: English." in page
    assert "86%" in page
    assert "fewer than 5" in page


@pytest.mark.usefixtures("said")
def test_a_reader_sees_no_form_that_changes_anything(signed_in: Client) -> None:
    reader = signed_in("viewer")
    assert "Hide these words" not in reader.get(ONE).text
    assert "<textarea" not in reader.get(f"{LIST}/topics/noise").text
    assert "Add a topic" not in reader.get(f"{LIST}/topics").text


@pytest.mark.usefixtures("said")
def test_topics_are_drawn_as_a_picture(signed_in: Client) -> None:
    picture = signed_in("viewer").get(f"{LIST}/topics.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "Noise" in picture.text
