"""Questionnaires in the small campus of the tests: in use with a faulty draft, in two languages, unopened, empty."""

from dataclasses import replace

from sqlalchemy.orm import Session

from campus.feedback.questionnaires import actions, editing
from campus.feedback.questionnaires.content import Condition, Content, Question
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.questionnaires.standard import standard

BY = "command"
TWO = ("fr", "ar")


def add_questionnaires(session: Session) -> None:
    """Four of them, each in another state."""
    used = actions.add(session, "Sample feedback", standard(), BY)
    _publish(session, used)
    actions.mark_used(session, used)
    second = _next(session, used, reworded(standard()))
    _publish(session, second)
    actions.mark_used(session, second)
    _next(session, used, faulty(reworded(standard())))
    actions.add(session, "Sample two languages", in_two_languages(), BY)
    _publish(session, actions.add(session, "Sample unopened", standard(), BY))
    actions.add(session, "Sample empty", editing.empty(["en"]), BY)


def in_two_languages() -> Content:
    """The standard one in French and Arabic alone: another first language, and another direction beside it."""
    content = standard()
    for language in content.languages:
        if language not in TWO:
            content = editing.without_language(content, language)
    return content


def reworded(content: Content) -> Content:
    """With a question worded otherwise, and without another."""
    old = editing.question(content, "food_quality")
    text = {**old.text, "en": "How would you rate the meals?", "fr": "Comment évaluez-vous les repas\u202f?"}
    changed = editing.with_question(content, replace(old, text=text), "food", old.key)
    return editing.without_question(changed, "learning_equipment")


def faulty(content: Content) -> Content:
    """A draft with a translation missing, a placeholder lost, a skip rule without its question, an empty section."""
    old = editing.question(content, "value")
    text = {one: f"{said} {{pavilion}}" for one, said in old.text.items() if one != "it"} | {"ar": old.text["ar"]}
    changed = editing.with_question(content, replace(old, text=text), "overall", old.key)
    quiet: Question = editing.question(changed, "room_quiet")
    ruled = replace(quiet, only_if=Condition("recommend", ("10",)))
    changed = editing.with_question(changed, ruled, "room", quiet.key)
    return editing.without_question(changed, "staff_helpful")


def _publish(session: Session, version: QuestionnaireVersion) -> None:
    questionnaire = session.get_one(Questionnaire, version.questionnaire_id)
    actions.publish(session, questionnaire, BY, questionnaire.version, same_meaning=True)


def _next(session: Session, version: QuestionnaireVersion, content: Content) -> QuestionnaireVersion:
    questionnaire = session.get_one(Questionnaire, version.questionnaire_id)
    actions.start_draft(session, questionnaire, BY, questionnaire.version)
    return actions.change_draft(session, questionnaire, content, BY, questionnaire.version)
