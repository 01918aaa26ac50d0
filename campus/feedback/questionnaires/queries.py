"""Every SELECT on questionnaires."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.questionnaires.content import Content, in_language, parsed
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _


def questionnaires(session: Session) -> list[Questionnaire]:
    """All, by name."""
    return list(session.scalars(sa.select(Questionnaire).order_by(Questionnaire.name, Questionnaire.id)))


def questionnaire(session: Session, slug: str) -> Questionnaire:
    """The one of this short name. Raises `NotFound`."""
    found = session.scalar(sa.select(Questionnaire).where(Questionnaire.slug == slug))
    if found is None:
        raise NotFound(_("There is no such questionnaire."))
    return found


def asked_for(session: Session, slug: str) -> Questionnaire:
    """The one that a form or a body names. Raises `InvalidInput` whose place is `questionnaire`."""
    try:
        return questionnaire(session, slug)
    except NotFound as error:
        raise InvalidInput(str(error), place="questionnaire") from None


def versions(session: Session, questionnaire_id: int) -> list[QuestionnaireVersion]:
    """All its versions, the newest first."""
    of_it = QuestionnaireVersion.questionnaire_id == questionnaire_id
    return list(
        session.scalars(sa.select(QuestionnaireVersion).where(of_it).order_by(QuestionnaireVersion.number.desc()))
    )


def published(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    """The version that guests get now; None before the first was published."""
    return next((one for one in versions(session, questionnaire_id) if one.published_at), None)


def version(session: Session, questionnaire_id: int, number: int) -> QuestionnaireVersion:
    """The version of this number. Raises `NotFound`."""
    of_it = QuestionnaireVersion.questionnaire_id == questionnaire_id
    found = session.scalar(sa.select(QuestionnaireVersion).where(of_it, QuestionnaireVersion.number == number))
    if found is None:
        raise NotFound(_("There is no such version of the questionnaire."))
    return found


def draft(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    """The version that is being written; None when there is none."""
    of_it = QuestionnaireVersion.questionnaire_id == questionnaire_id
    return session.scalar(sa.select(QuestionnaireVersion).where(of_it, QuestionnaireVersion.published_at.is_(None)))


def earlier(session: Session, before: QuestionnaireVersion) -> list[Content]:
    """What the published versions before one asked, the newest first."""
    query = sa.select(QuestionnaireVersion.content).where(
        QuestionnaireVersion.questionnaire_id == before.questionnaire_id,
        QuestionnaireVersion.number < before.number,
        QuestionnaireVersion.published_at.is_not(None),
    )
    return [parsed(one) for one in session.scalars(query.order_by(QuestionnaireVersion.number.desc()))]


def published_contents(session: Session) -> list[Content]:
    """What every version asks that was ever published, the oldest first."""
    ever = QuestionnaireVersion.published_at.is_not(None)
    found = session.scalars(sa.select(QuestionnaireVersion.content).where(ever).order_by(QuestionnaireVersion.id))
    return [parsed(one) for one in found]


def question_texts(session: Session, language: str) -> dict[str, str]:
    """What each measure asks, as the newest version puts it: the question's text by its key; for `key:option` both.

    In another language where there is no text in this one.
    """
    found: dict[str, str] = {}
    for version in session.scalars(sa.select(QuestionnaireVersion).order_by(QuestionnaireVersion.id)):
        for question in parsed(version.content).questions():
            text = in_language(question.text, language)
            found[question.key] = text
            found |= {
                f"{question.key}:{one.key}": f"{text}: {in_language(one.text, language)}" for one in question.options
            }
    return found
