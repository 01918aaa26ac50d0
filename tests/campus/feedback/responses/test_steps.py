"""Which questions are asked in which step."""

from copy import deepcopy
from typing import Any

from campus.feedback.questionnaires.content import Content, parsed
from campus.feedback.responses.rules import Wrong, checked
from campus.feedback.responses.steps import steps
from tests.campus.feedback import guests

GONE_WRONG = {"question": "room_comfort", "answers": ["1"]}


def content(*more: dict[str, Any]) -> Content:
    made = deepcopy(guests.CONTENT)
    made["sections"].append({"key": "more", "title": guests.texts("More"), "questions": list(more)})
    return parsed(made)


def asked(of: Content, given: dict[str, str]) -> list[list[str]]:
    return [[question.key for question in step.questions] for step in steps(of, given)]


def test_what_depends_on_the_same_step_is_shown_and_undecided() -> None:
    first = steps(content(), {})[0]
    assert [question.key for question in first.questions] == ["room_comfort", "room_clean", "room_wrong"]
    assert first.undecided == {"room_wrong"}


def test_what_depends_on_an_earlier_step_is_asked_after_its_answer_alone() -> None:
    of = content(guests.question("why", "text", "room", "Why?", only_if=GONE_WRONG))
    assert len(asked(of, {})) == len(asked(of, {"room_comfort": "2"})) == 2
    assert asked(of, {"room_comfort": "1"})[2] == ["why"]


def test_what_depends_on_a_question_that_is_not_asked_is_not_asked_either() -> None:
    first = guests.question("moved", "yes_no", "room", "Did you move?", only_if=GONE_WRONG)
    second = guests.question("where", "text", "room", "Where?", only_if={"question": "moved", "answers": ["yes"]})
    of = content(first, second)
    assert len(asked(of, {"moved": "yes"})) == 2
    assert asked(of, {"room_comfort": "1"})[2] == ["moved", "where"]
    assert "where" not in checked(of, {"moved": "yes", "where": "Sample"}).comments


def test_a_required_question_that_is_not_asked_is_not_missing() -> None:
    of = content(guests.question("why", "text", "room", "Why?", only_if=GONE_WRONG, required=True))
    assert checked(of, {"recommend": "9"}).wrong == {}
    assert checked(of, {"recommend": "9", "room_comfort": "1"}).wrong == {"why": Wrong.MISSING}


def test_everything_that_is_wrong_is_named_in_the_order_of_the_questions() -> None:
    found = checked(content(), {"improve": "x" * 2001, "food": "6"})
    assert list(found.wrong.items()) == [
        ("food", Wrong.NONE_OF_THEM),
        ("recommend", Wrong.MISSING),
        ("improve", Wrong.TOO_LONG),
    ]
