"""Earlier surveys brought in by machines, and single answers for those allowed."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import TheDatabase, Writing
from api.rest import rest_router
from api.rest.campus.import_schemas import decoded
from api.rest.feedback import RawReader
from campus.feedback.quarters import checked_quarter
from campus.feedback.questionnaires import queries as questionnaires
from campus.feedback.questionnaires.content import parsed
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.surveys import actions, mapping
from campus.surveys.export import note_taken, raw_answers
from campus.surveys.mapping import Choices
from campus.surveys.plan import Plan, make_plan
from campus.tables.actions import read_upload
from campus.tables.column import plain
from campus.tables.sheets import Sheet, read_sheet
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("feedback")
QuarterText = Annotated[str, Query(pattern=r"^\d{4}-Q[1-4]$", description="Such as 2026-Q3.")]
Name = Annotated[str, Field(max_length=200)]


class GivenSurvey(BaseModel):
    """A file and what its columns are. Without `columns` they are known by their headings."""

    model_config = ConfigDict(extra="forbid")

    questionnaire: Name
    file_name: Name
    content: str = Field(description="The file, in base64.")
    sheet: Name = ""
    columns: dict[str, Name] = Field(default={}, description="Field or question to heading.", max_length=200)
    same: dict[str, Name] = Field(default={}, description="Field to what is the same for every row.", max_length=10)
    order: Literal["", "day first", "month first"] = ""
    values: dict[str, dict[str, Name]] = Field(
        default={}, description="Question to answer of the file to answer, empty to leave it out.", max_length=200
    )
    dry_run: bool = True
    only_fine: bool = False


class Refusal(BaseModel):
    """A row that is not imported."""

    row: int
    place: str
    problem: str


class SurveyPlan(BaseModel):
    """What the file would bring in, or did."""

    imported: bool
    responses: int
    quarters: dict[str, int]
    refused: list[Refusal]
    unknown_answers: dict[str, list[str]]


class RawAnswer(BaseModel):
    """The answers of one guest; `pavilion` is empty where it has no figures."""

    quarter: str
    pavilion: str
    answers: dict[str, str]


@router.post("/feedback/surveys")
def import_survey(given: GivenSurvey, caller: RawReader, database: TheDatabase) -> SurveyPlan:
    """Bring in an earlier survey: all rows or, with `only_fine`, those that are fine. By itself it only looks."""
    content = decoded(given.content)
    name, sheet = read_upload(given.file_name, content)
    if given.sheet:
        sheet = read_sheet(content, name, given.sheet)
    with database.read() as session:
        version = _version(session, given.questionnaire)
        asked = parsed(version.content)
        choices = _choices(given, mapping.proposed(asked, sheet), sheet)
        plan = make_plan(session, version.id, asked, sheet, choices)
    if not given.dry_run:
        with database.write() as session:
            version = _version(session, given.questionnaire)
            found = actions.upload(session, version, (name, sheet), content, caller.actor)
            actions.choose(found, choices)
            actions.carry_out(
                session, found, asked, sheet, digest=plan.digest, only_fine=given.only_fine, actor=caller.actor
            )
    return _plan_out(plan, mapping.unknown_values(asked, sheet, choices), imported=not given.dry_run)


@router.get("/feedback/responses")
def list_responses(first: QuarterText, last: QuarterText, caller: RawReader, database: TheDatabase) -> list[RawAnswer]:
    """Single answers of closed quarters, as the page of raw answers tells. Each export is told to the trail."""
    begin, end = checked_quarter(first, "first"), checked_quarter(last, "last")
    with database.read() as session:
        table = raw_answers(session, begin, end)
    with database.write() as session:
        note_taken(session, begin, end, table, caller.actor)
    return [RawAnswer(quarter=row.quarter, pavilion=row.pavilion, answers=dict(row.answers)) for row in table.rows]


def _version(session: Writing, slug: str) -> QuestionnaireVersion:
    found = questionnaires.published(session, questionnaires.asked_for(session, slug).id)
    if found is None:
        raise InvalidInput(_("Publish the questionnaire first."), place="questionnaire")
    return found


def _choices(given: GivenSurvey, proposed: Choices, sheet: Sheet) -> Choices:
    places = {plain(heading): place for place, heading in enumerate(sheet.headings) if heading}
    columns = dict(proposed.columns)
    if given.columns:
        columns = {}
        for name, heading in given.columns.items():
            if plain(heading) not in places:
                raise InvalidInput(_("there is no such column in the file"), place=f"columns.{name}")
            columns[name] = places[plain(heading)]
    return Choices(sheet.name, columns, given.order, given.same, given.values)


def _plan_out(plan: Plan, unknown: dict[str, list[str]], *, imported: bool) -> SurveyPlan:
    return SurveyPlan(
        imported=imported,
        responses=len(plan.rows),
        quarters={str(quarter): n for quarter, n in plan.quarters},
        refused=[Refusal(row=one.row, place=one.column, problem=one.message) for one in plan.problems],
        unknown_answers=unknown,
    )
