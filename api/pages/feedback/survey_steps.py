"""The steps of a survey's import after its upload: which column is which, what its answers mean, and the import."""

import re
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.dependencies import Id, Reading, TheDatabase, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.tables_import import column_options
from api.pages.feedback.access import RawReader
from api.pages.feedback.surveys import ONE, PAGE
from api.rendering import redirect, render
from api.survey_words import FIELDS, SAME_HINTS
from campus.feedback.questionnaires.content import Content, Question, in_language
from campus.surveys import actions, mapping, queries
from campus.surveys.mapping import Choices
from campus.surveys.models import SurveyImport
from campus.surveys.plan import Plan, make_plan
from campus.tables.dates import Order
from campus.tables.rules import Problem
from campus.tables.sheets import Sheet
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import language, ngettext

router = page_router()
COLUMNS, ANSWERS, PREVIEW = f"{ONE}/columns", f"{ONE}/answers", f"{ONE}/preview"
PROBLEMS = 50  # shown
_PLACE = re.compile("[0-9]{1,3}")


@router.get(COLUMNS)
def columns(request: Request, import_id: Id, _person: RawReader, session: Reading, sheet: str = "") -> Response:
    """Where the columns are chosen, as they were recognised."""
    found, content, table = _waiting(session, import_id, sheet)
    choices = queries.choices_of(found)
    if table.name != choices.sheet:
        choices = mapping.proposed(content, table)
    return _columns_page(request, found, content, table, Entered(start=_entries(choices)))


@router.post(COLUMNS)
def choose_columns(
    request: Request, import_id: Id, _person: RawReader, database: TheDatabase, posted: Posted
) -> Response:
    """Keep the choice, and go on to the answers that were not understood, or to the import."""
    entered = Entered(posted)
    with database.read() as session:
        found, content, table = _waiting(session, import_id, entered.value("sheet"))
    choices = _chosen(content, table, posted, queries.choices_of(found))
    with entered.shown_again(lambda: _columns_page(request, found, content, table, entered)):
        try:
            mapping.check(content, table.headings, choices)
        except InvalidInput as error:
            name = _names(content)[error.place]
            problem = _("%(place)s: %(problem)s", place=name, problem=error.message)
            raise InvalidInput(problem, place=f"column-{error.place}") from None
        if mapping.dates_are_doubtful(table, choices) and not choices.order:
            raise InvalidInput(_("Choose what comes first in the dates: the day or the month."), place="order")
    with database.write() as session:
        actions.choose(queries.get(session, import_id), choices)
    unknown = mapping.unknown_values(content, table, choices)
    return redirect(request, (ANSWERS if unknown else PREVIEW).format(import_id=import_id))


@router.get(ANSWERS)
def answers(request: Request, import_id: Id, _person: RawReader, session: Reading) -> Response:
    """Answers of the file that are none of the questions', and what they may mean."""
    found, content, table = _waiting(session, import_id)
    choices = queries.choices_of(found)
    start = {}
    for key, texts in mapping.unknown_values(content, table, choices).items():
        for number, text in enumerate(texts):
            if text in choices.values.get(key, {}):
                start[f"answer-{key}-{number}"] = choices.values[key][text] or "-"
    return _answers_page(request, found, content, table, Entered(start=start))


@router.post(ANSWERS)
def choose_answers(
    request: Request, import_id: Id, _person: RawReader, database: TheDatabase, posted: Posted
) -> Response:
    """Keep what they mean; rows with an answer that nobody explained are refused in the next step."""
    with database.write() as session:
        found, content, table = _waiting(session, import_id)
        choices = queries.choices_of(found)
        meant: dict[str, dict[str, str]] = {}
        for key, texts in mapping.unknown_values(content, table, choices).items():
            given = {text: _entry(posted, f"answer-{key}-{number}") for number, text in enumerate(texts)}
            meant[key] = {text: "" if value == "-" else value for text, value in given.items() if value}
        actions.choose(found, Choices(choices.sheet, choices.columns, choices.order, choices.same, meant))
    return redirect(request, PREVIEW.format(import_id=import_id))


@router.get(PREVIEW)
def preview(request: Request, import_id: Id, _person: RawReader, session: Reading) -> Response:
    """What the file would bring in. Nothing is changed by looking."""
    found, content, table = _waiting(session, import_id)
    plan = make_plan(session, found.version_id, content, table, queries.choices_of(found))
    return _preview_page(request, found, content, plan, Entered(start={"which": "all"}))


@router.post(PREVIEW)
def carry_out(request: Request, import_id: Id, person: RawReader, database: TheDatabase, posted: Posted) -> Response:
    """Bring in what was seen; when the books changed meanwhile, it is shown anew."""
    entered = Entered(posted)
    with database.read() as session:
        _found, content, table = _waiting(session, import_id)
    only_fine, digest = entered.value("which") == "fine", entered.value("digest")
    try:
        with database.write() as session:
            found = queries.get(session, import_id)
            plan = actions.carry_out(
                session, found, content, table, digest=digest, only_fine=only_fine, actor=actor(person)
            )
    except Conflict as conflict:
        entered.errors["which"] = str(conflict)
        with database.read() as session:
            found, content, table = _waiting(session, import_id)
            plan = make_plan(session, found.version_id, content, table, queries.choices_of(found))
            return _preview_page(request, found, content, plan, entered, status=422)
    n = len(plan.rows)
    told = ngettext(
        "%(n)s response is imported. Its figures appear when its quarter is closed.",
        "%(n)s responses are imported. Their figures appear when their quarters are closed.",
        n,
    )
    return redirect(request, PAGE, Flash(told))


def _waiting(session: Any, import_id: int, sheet: str = "") -> tuple[SurveyImport, Content, Sheet]:
    found = queries.get(session, import_id)
    actions.must_wait(found)
    return found, queries.content_of(session, found), queries.sheet_of(found, sheet)


def _names(content: Content) -> dict[str, str]:
    """Field or question → how it is called."""
    return {key: str(name) for key, name in FIELDS.items()} | _question_texts(content)


def _entries(choices: Choices) -> dict[str, str]:
    entries = {f"column-{key}": str(place) for key, place in choices.columns.items()}
    entries |= {f"same-{key}": value for key, value in choices.same.items()}
    return entries | {"sheet": choices.sheet, "order": choices.order}


def _chosen(content: Content, table: Sheet, posted: FormData, kept: Choices) -> Choices:
    places = {name: _entry(posted, f"column-{name}") for name in _names(content)}
    same = {name: _entry(posted, f"same-{name}")[:200] for name in FIELDS}
    order = _entry(posted, "order")
    return Choices(
        sheet=table.name,
        columns={name: int(place) for name, place in places.items() if _PLACE.fullmatch(place)},
        order=order if order in list(Order) else "",
        same={name: value for name, value in same.items() if value},
        values=kept.values,
    )


def _entry(posted: FormData, name: str) -> str:
    given = posted.get(name, "")
    return given.strip() if isinstance(given, str) else ""


def _columns_page(request: Request, found: SurveyImport, content: Content, table: Sheet, entered: Entered) -> Response:
    return render(
        request,
        "feedback/survey_columns.html",
        found=found,
        table=table,
        fields=[(key, name, SAME_HINTS[key]) for key, name in FIELDS.items()],
        questions=list(_question_texts(content).items()),
        options=[("", _("not in the file")), *column_options(table)],
        orders=[
            ("", _("As the dates themselves tell")),
            (Order.DAY_FIRST.value, _("Day first: 03/04/2026 is 3 April")),
            (Order.MONTH_FIRST.value, _("Month first: 03/04/2026 is 4 March")),
        ],
        entered=entered,
        action=COLUMNS.format(import_id=found.id),
        address=f"{PAGE}/{found.id}",
    )


def _answers_page(request: Request, found: SurveyImport, content: Content, table: Sheet, entered: Entered) -> Response:
    unknown = mapping.unknown_values(content, table, queries.choices_of(found))
    names = _question_texts(content)
    asked = [
        (question.key, names[question.key], unknown[question.key], _options(question))
        for question in content.questions()
        if question.key in unknown
    ]
    return render(
        request,
        "feedback/survey_answers.html",
        found=found,
        asked=asked,
        entered=entered,
        action=ANSWERS.format(import_id=found.id),
        back=COLUMNS.format(import_id=found.id),
    )


def _question_texts(content: Content) -> dict[str, str]:
    """What each question asks, by its key."""
    return {one.key: in_language(one.text, language()) or one.key for one in content.questions()}


def _options(question: Question) -> list[tuple[str, str]]:
    names = {option.key: in_language(option.text, language()) or option.key for option in question.options}
    names |= {"yes": _("Yes"), "no": _("No")} if not question.options else {}
    answers = [(value, names.get(value, value)) for value in question.values]
    return [("", _("Refuse rows with this answer")), *answers, ("-", _("No answer: leave it out"))]


def _preview_page(
    request: Request, found: SurveyImport, content: Content, plan: Plan, entered: Entered, *, status: int = 200
) -> Response:
    names = _names(content)

    def said(problem: Problem) -> str:
        name = names.get(problem.column)
        return _("%(place)s: %(problem)s", place=name, problem=problem.message) if name else problem.message

    return render(
        request,
        "feedback/survey_preview.html",
        status=status,
        found=found,
        plan=plan,
        problems=[(one.row, said(one)) for one in plan.problems[:PROBLEMS]],
        most=PROBLEMS,
        entered=entered,
        action=PREVIEW.format(import_id=found.id),
        answers=ANSWERS.format(import_id=found.id),
        back=COLUMNS.format(import_id=found.id),
        address=f"{PAGE}/{found.id}",
    )
