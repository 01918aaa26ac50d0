"""What the rows of a survey's file would become, and why others would not."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from campus.feedback.comments.redaction import redacted
from campus.feedback.figures import queries as figures
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires.content import Content, Kind
from campus.feedback.responses import rules as responses
from campus.feedback.responses.actions import Given
from campus.surveys import mapping
from campus.surveys.mapping import Choices
from campus.surveys.rules import DATE, EVENT, LANGUAGE, PAVILION, SEGMENT
from campus.tables.cells import Raw, is_empty, read
from campus.tables.column import Cell
from campus.tables.names import Names, Things
from campus.tables.rules import Problem
from campus.tables.sheets import Sheet
from core import guest_texts
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be kept."""

    number: int
    day: date
    given: Given


_SAID = ("answers", "comments", "language", "pavilion_id", "event_id", "segment_id")


@dataclass(slots=True)
class Plan:
    """The rows that are fine and what is wrong with the others."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def quarters(self) -> list[tuple[Quarter, int]]:
        """How many responses each quarter gets."""
        return sorted(Counter(quarter_of(week_of(row.day)) for row in self.rows).items())

    @property
    def digest(self) -> str:
        """Changes with whatever the import would do."""
        said = [[row.number, str(row.day), *(getattr(row.given, name) for name in _SAID)] for row in self.rows]
        told = [[one.row, one.column] for one in self.problems]
        return hashlib.sha256(json.dumps([said, told], sort_keys=True).encode()).hexdigest()


def make_plan(session: Session, version_id: int, content: Content, sheet: Sheet, choices: Choices) -> Plan:
    """Read every row. Raises `InvalidInput` where the columns themselves cannot be."""
    mapping.check(content, sheet.headings, choices)
    reader, plan = _Reader(session, version_id, content, sheet, choices), Plan()
    for number, cells in sheet.rows:
        try:
            plan.rows.append(reader.row(number, cells))
        except InvalidInput as error:
            plan.problems.append(Problem(number, error.place, error.message))
    return plan


class _Reader:
    """Reads rows; what they refer to is read once."""

    def __init__(self, session: Session, version_id: int, content: Content, sheet: Sheet, choices: Choices) -> None:
        self._version_id, self._content, self._choices = version_id, content, choices
        self._names = Names(session)
        self._rooms = frozenset(room.number for room in self._names.rooms.values())
        self._closed = set(figures.closed_quarters(session))
        self._order = mapping.order(sheet, choices)

    def row(self, number: int, cells: list[Raw]) -> Row:
        """One row. Raises `InvalidInput` whose place is the field or the question."""
        day = self._day(cells)
        answers, comments = self._answers(cells)
        if not answers and not comments:
            raise InvalidInput(_("holds no answer"))
        given = Given(
            version_id=self._version_id,
            language=self._language(cells),
            origin=responses.IMPORT,
            answers=answers,
            comments=comments,
            pavilion_id=self._thing(cells, PAVILION, self._names.pavilions),
            event_id=self._thing(cells, EVENT, self._names.events),
            segment_id=self._thing(cells, SEGMENT, self._names.segments),
        )
        return Row(number, day, given)

    def _day(self, cells: list[Raw]) -> date:
        raw = self._cell(cells, DATE)
        try:
            day, _note = read(self._choices.same.get(DATE) if is_empty(raw) else raw, Cell.DATE, self._order)
        except InvalidInput as error:
            raise InvalidInput(error.message, place=DATE) from None
        if not isinstance(day, date):
            raise InvalidInput(_("is missing"), place=DATE)
        if day > today() or day.year < 2000:
            raise InvalidInput(_("must lie between 2000 and today"), place=DATE)
        if (quarter := quarter_of(week_of(day))) in self._closed:
            raise InvalidInput(
                _("%(quarter)s is closed: its figures are published and cannot change", quarter=quarter), place=DATE
            )
        return day

    def _answers(self, cells: list[Raw]) -> tuple[dict[str, str], dict[str, str]]:
        answers, comments = {}, {}
        for question in self._content.questions():
            raw = self._cell(cells, question.key)
            if is_empty(raw):
                continue
            text = self._text(raw, question.key)
            if question.kind is Kind.TEXT:
                comments[question.key] = redacted(text, self._rooms)
                continue
            answer = mapping.answer_of(question, text, self._choices.values.get(question.key, {}))
            if answer is None:
                raise InvalidInput(_("“%(text)s” is none of the answers", text=text[:60]), place=question.key)
            if answer:
                answers[question.key] = answer
        return answers, comments

    def _text(self, raw: Raw, place: str) -> str:
        try:
            value, _note = read(raw, Cell.TEXT)
        except InvalidInput as error:
            raise InvalidInput(error.message, place=place) from None
        return str(value or "")

    def _thing(self, cells: list[Raw], name: str, things: Things) -> int | None:
        raw = self._cell(cells, name)
        text = self._choices.same.get(name, "") if is_empty(raw) else self._text(raw, name)
        return things.find(text, name) if text else None

    def _language(self, cells: list[Raw]) -> str:
        raw = self._cell(cells, LANGUAGE)
        text = (self._choices.same.get(LANGUAGE, "") if is_empty(raw) else self._text(raw, LANGUAGE)).casefold()
        named = {name.casefold(): code for code, name in guest_texts.LANGUAGES.items()}
        code = named.get(text, text.split("-")[0][:8])
        if code not in guest_texts.LANGUAGES:
            raise InvalidInput(_("must be one of %(names)s", names=", ".join(guest_texts.LANGUAGES)), place=LANGUAGE)
        return code

    def _cell(self, cells: list[Raw], name: str) -> Raw:
        place = self._choices.columns.get(name)
        return cells[place] if place is not None and place < len(cells) else None
