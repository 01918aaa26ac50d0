"""Versions of a questionnaire: drafts that two edit, what is published, and what nobody can change any more."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session

from campus.feedback.questionnaires import actions, changes, editing, queries
from campus.feedback.questionnaires.content import Kind, Option, parsed, stored
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.questionnaires.standard import standard
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.campus.sample_questionnaires import faulty, reworded

BY = "command"


@pytest.fixture
def made(database: Database) -> Database:
    """A standard questionnaire whose first version is published."""
    with database.write() as session:
        version = actions.add(session, "Sample stay", standard(), BY)
        _publish(session, session.get_one(Questionnaire, version.questionnaire_id))
    return database


def _one(session: Session) -> Questionnaire:
    return queries.questionnaire(session, "sample-stay")


def _publish(session: Session, questionnaire: Questionnaire) -> QuestionnaireVersion:
    return actions.publish(session, questionnaire, BY, questionnaire.version, same_meaning=True)


def _live(session: Session) -> QuestionnaireVersion:
    live = queries.published(session, _one(session).id)
    assert live is not None
    return live


def test_a_used_version_never_changes_whatever_is_tried(made: Database) -> None:
    with made.write() as session:
        actions.mark_used(session, _live(session))
        actions.mark_used(session, _live(session))
    with made.write() as session:
        questionnaire = _one(session)
        with pytest.raises(Conflict):
            actions.withdraw(session, questionnaire, BY, questionnaire.version)
    for name, value in (("content", stored(reworded(standard()))), ("used", False), ("published_at", None)):
        with pytest.raises(Conflict), made.write() as session:
            setattr(_live(session), name, value)
    with pytest.raises(Conflict), made.write() as session:
        session.delete(_live(session))
    with made.read() as session:
        live = _live(session)
        assert live.used
        assert live.published_at is not None
        assert parsed(live.content) == standard()


def test_a_change_of_a_used_version_is_the_next_draft_and_guests_keep_the_old_one_until_it_is_published(
    made: Database,
) -> None:
    with made.write() as session:
        actions.mark_used(session, _live(session))
        questionnaire = _one(session)
        draft = actions.start_draft(session, questionnaire, BY, questionnaire.version)
        assert (draft.number, parsed(draft.content)) == (2, standard())
        actions.change_draft(session, questionnaire, reworded(standard()), BY, questionnaire.version)
        assert _live(session).number == 1
        with pytest.raises(Conflict):
            actions.start_draft(session, questionnaire, BY, questionnaire.version)
        _publish(session, questionnaire)
        assert _live(session).number == 2
        assert parsed(queries.version(session, questionnaire.id, 1).content) == standard()


def test_a_published_version_is_taken_back_as_long_as_nobody_has_opened_it(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        live = actions.withdraw(session, questionnaire, BY, questionnaire.version)
        assert live.published_at is None
        with pytest.raises(Conflict):
            actions.mark_used(session, live)
        with pytest.raises(Conflict):
            actions.withdraw(session, questionnaire, BY, questionnaire.version)
        with pytest.raises(Conflict, match="only version"):
            actions.drop_draft(session, questionnaire, BY, questionnaire.version)


def test_a_draft_with_a_fault_is_not_published_and_the_place_is_told(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        actions.start_draft(session, questionnaire, BY, questionnaire.version)
        actions.change_draft(session, questionnaire, faulty(standard()), BY, questionnaire.version)
        with pytest.raises(InvalidInput) as refused:
            _publish(session, questionnaire)
        assert refused.value.place == "sections.6.questions.0.text.it"
        actions.drop_draft(session, questionnaire, BY, questionnaire.version)
        assert queries.draft(session, questionnaire.id) is None


def test_a_key_of_an_earlier_version_cannot_be_published_with_another_kind(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        actions.start_draft(session, questionnaire, BY, questionnaire.version)
        value = editing.question(standard(), "value")
        other = editing.with_question(standard(), replace(value, kind=Kind.SCORE), "overall", "value")
        actions.change_draft(session, questionnaire, other, BY, questionnaire.version)
        with pytest.raises(InvalidInput, match="earlier version"):
            _publish(session, questionnaire)


def test_rewording_needs_somebody_who_says_that_the_meaning_is_the_same(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        actions.start_draft(session, questionnaire, BY, questionnaire.version)
        actions.change_draft(session, questionnaire, reworded(standard()), BY, questionnaire.version)
        with pytest.raises(InvalidInput) as refused:
            actions.publish(session, questionnaire, BY, questionnaire.version)
        assert refused.value.place == "same_meaning"
        assert _publish(session, questionnaire).number == 2


def test_of_two_who_write_at_once_one_is_told_and_the_other_is_kept(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        actions.start_draft(session, questionnaire, BY, questionnaire.version)
        seen = questionnaire.version
    together, outcomes = Barrier(2), []

    def write(text: str) -> None:
        wanted = replace(standard(), title=dict.fromkeys(standard().languages, text))
        together.wait()
        try:
            with made.write() as session:
                actions.change_draft(session, _one(session), wanted, BY, seen)
            outcomes.append(text)
        except Conflict:
            outcomes.append("told")

    writers = [Thread(target=write, args=(text,)) for text in ("First", "Second")]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert outcomes.count("told") == 1
    with made.read() as session:
        kept = parsed(actions.the_draft(session, _one(session)).content).title["en"]
    assert kept in outcomes


def test_every_change_by_staff_is_in_the_trail_and_none_of_a_guest(made: Database) -> None:
    with made.write() as session:
        questionnaire = _one(session)
        actions.mark_used(session, _live(session))
        actions.rename(session, questionnaire, "Sample renamed", BY, questionnaire.version)
        actions.start_draft(session, questionnaire, BY, questionnaire.version)
        actions.change_draft(session, questionnaire, reworded(standard()), BY, questionnaire.version)
        actions.drop_draft(session, questionnaire, BY, questionnaire.version)
    with made.read() as session:
        entries = {one.action: one for one in trail.entries(session, "questionnaire")}
    assert set(entries) == {f"questionnaire.{one}" for one in ("add", "publish", "rename", "draft", "change", "drop")}
    change = entries["questionnaire.change"]
    place = "sections.food.questions.food_quality.text.en"
    assert (change.before[place], change.after[place]) == (
        "How would you rate the quality of the food?",
        "How would you rate the meals?",
    )
    assert "title.en" not in change.after


def test_the_version_of_a_questionnaire_only_grows_so_that_no_old_form_fits_a_later_draft(made: Database) -> None:
    seen = set()
    with made.write() as session:
        questionnaire = _one(session)
        for _again in range(2):
            actions.start_draft(session, questionnaire, BY, questionnaire.version)
            assert questionnaire.version not in seen
            seen.add(questionnaire.version)
            actions.drop_draft(session, questionnaire, BY, questionnaire.version)
            assert questionnaire.version not in seen
            seen.add(questionnaire.version)


def test_what_changed_is_told_by_question_and_language() -> None:
    old = standard()
    found = changes.between(old, reworded(old))
    (change,) = found.changed
    assert [one.key for one in found.dropped] == ["learning_equipment"]
    assert (change.after.key, set(change.text), change.reworded) == ("food_quality", {"en", "fr"}, True)
    assert not found.moved
    assert not changes.between(old, old).any
    moved = changes.between(old, editing.moved_question(old, "recommend", "up"))
    assert (moved.moved, moved.changed, moved.added) == (True, (), ())
    overnight = editing.question(old, "overnight")
    options = (*overnight.options[1:], Option("late", {"en": "Late"}))
    wanted = replace(overnight, options=options, required=True)
    (change,) = changes.between(old, editing.with_question(old, wanted, "room", "overnight")).changed
    assert [one.key for one in change.options_added] == ["late"]
    assert [one.key for one in change.options_dropped] == ["overnight"]
    assert change.others == ("required",)
    assert not change.reworded


def test_a_question_that_gets_another_key_takes_the_rules_on_it_along() -> None:
    overnight = editing.question(standard(), "overnight")
    renamed = editing.with_question(standard(), replace(overnight, key="nights"), "room", "overnight")
    assert [one.key for one in editing.depending(renamed, "nights")] == ["room_comfort", "room_clean", "room_quiet"]
    elsewhere = editing.with_question(renamed, editing.question(renamed, "value"), "food", "value")
    assert editing.section_of(elsewhere, "value").key == "food"
    assert elsewhere.sections[2].questions[-1].key == "value"
