"""Every SELECT on imported surveys."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.content import Content, parsed
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.responses.models import Answer, Response
from campus.feedback.responses.queries import in_quarter, origins
from campus.feedback.responses.rules import IMPORT
from campus.surveys.mapping import Choices
from campus.surveys.models import SurveyImport
from campus.surveys.raw import RawRow
from campus.surveys.rules import State
from campus.tables.sheets import Sheet, read_sheet
from core.errors import NotFound
from core.i18n import gettext as _


def imports(session: Session) -> list[SurveyImport]:
    """All of them, the newest first, without their files."""
    newest = sa.select(SurveyImport).order_by(SurveyImport.id.desc())
    return list(session.scalars(newest.options(defer(SurveyImport.content))))


def get(session: Session, import_id: int) -> SurveyImport:
    """One of them. Raises `NotFound`."""
    found = session.get(SurveyImport, import_id)
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def done_with(session: Session, digest: str) -> SurveyImport | None:
    """The import of a file of this sum that was carried out."""
    same = SurveyImport.sha256 == digest, SurveyImport.state == State.DONE.value
    return session.scalars(sa.select(SurveyImport).where(*same).limit(1)).first()


def content_of(session: Session, found: SurveyImport) -> Content:
    """What the questionnaire asks."""
    version = session.get_one(QuestionnaireVersion, found.version_id)
    return parsed(version.content)


def sheet_of(found: SurveyImport, sheet: str = "") -> Sheet:
    """The rows of its file. Raises `InvalidInput` for a sheet that is not there."""
    return read_sheet(found.content or b"", found.file_name, sheet or choices_of(found).sheet)


def choices_of(found: SurveyImport) -> Choices:
    """What was chosen for it."""
    return Choices(**found.choices)


def questionnaire_names(session: Session) -> dict[int, str]:
    """The questionnaire's name of each version."""
    rows = sa.select(QuestionnaireVersion.id, Questionnaire.name).join(
        Questionnaire, QuestionnaireVersion.questionnaire_id == Questionnaire.id
    )
    return {one.id: one.name for one in session.execute(rows)}


def raw_rows(session: Session, quarters: Sequence[Quarter]) -> list[RawRow]:
    """Every response of these quarters, as it is: for `raw.anonymised` alone."""
    rows = []
    for quarter in quarters:
        answers: dict[str, dict[str, str]] = defaultdict(dict)
        given = sa.select(Answer).join(Response, Answer.response_id == Response.id).where(in_quarter(quarter))
        for answer in session.scalars(given):
            answers[answer.response_id][answer.question] = answer.value
        for one in origins(session, quarter):
            imported = one.origin == IMPORT
            rows.append(RawRow(str(quarter), one.pavilion, answers[one.response_id], imported))
    return rows
