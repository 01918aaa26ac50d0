"""Which column of a survey's file is which, and what its answers mean: proposed, then chosen by a person. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from campus.feedback.questionnaires.content import Content, Kind, Question
from campus.surveys.rules import DATE, EVENT, FIELDS, LANGUAGE, MOST_VALUES, PAVILION, SEGMENT
from campus.tables.cells import Raw, is_empty, read
from campus.tables.column import Cell, plain
from campus.tables.dates import Order, has_two_readings, order_of
from campus.tables.sheets import Sheet
from core.errors import InvalidInput
from core.i18n import gettext as _

NAMES = {
    DATE: ("date", "day", "submitted", "submitted at", "timestamp", "completed", "departure", "horodateur", "data"),
    LANGUAGE: ("language", "langue", "lingua", "idioma"),
    PAVILION: ("pavilion", "building", "bâtiment", "pavillon", "padiglione"),
    EVENT: ("event", "course", "événement", "cours", "evento", "corso"),
    SEGMENT: ("segment", "segmento"),
}
YES = ("yes", "y", "1", "true", "oui", "sí", "si", "sì", "نعم")
NO = ("no", "n", "0", "false", "non", "لا")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose: the sheet, the position of each column (a field of `rules.FIELDS` or a question's key),
    the order of its dates, what is the same for the whole file, and what answers mean (question → answer of the file
    → answer, empty to leave it out).
    """

    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)
    order: str = ""
    same: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def proposed(content: Content, sheet: Sheet) -> Choices:
    """The columns by their headings: a question is known by its key, or by its text in any language."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(sheet.headings))) if heading}
    columns: dict[str, int] = {}
    for name, known in _known(content):
        place = next((places[one] for one in known if one in places), None)
        if place is not None and place not in columns.values():
            columns[name] = place
    return Choices(sheet=sheet.name, columns=columns)


def _known(content: Content) -> Iterator[tuple[str, list[str]]]:
    for name in FIELDS:
        yield name, [plain(one) for one in NAMES[name]]
    for question in content.questions():
        yield question.key, [plain(one) for one in (question.key, *question.text.values())]


def check(content: Content, headings: Sequence[str], choices: Choices) -> None:
    """Raises `InvalidInput` whose place is the field or question: a wrong column, no date or language."""
    seen: set[int] = set()
    for name, place in choices.columns.items():
        if not 0 <= place < len(headings) or not headings[place]:
            raise InvalidInput(_("there is no such column in the file"), place=name)
        if place in seen:
            raise InvalidInput(_("is chosen for two things"), place=name)
        seen.add(place)
    if DATE not in choices.columns and not choices.same.get(DATE):
        raise InvalidInput(_("choose the column of the date, or enter one day for the whole file"), place=DATE)
    if not choices.columns.keys() - set(FIELDS):
        keys = next((question.key for question in content.questions()), "")
        raise InvalidInput(_("choose the column of at least one question"), place=keys)
    if LANGUAGE not in choices.columns and not choices.same.get(LANGUAGE):
        raise InvalidInput(_("choose its column, or enter one language for the whole file"), place=LANGUAGE)


def dates_are_doubtful(sheet: Sheet, choices: Choices) -> bool:
    """Whether a person must say if the day or the month comes first."""
    values = _column(sheet, choices, DATE)
    return order_of(values) is None and any(has_two_readings(one) for one in values)


def order(sheet: Sheet, choices: Choices) -> Order | None:
    """How the column of dates is written: as its dates tell, or as a person said."""
    return order_of(_column(sheet, choices, DATE)) or (Order(choices.order) if choices.order else None)


def unknown_values(content: Content, sheet: Sheet, choices: Choices) -> dict[str, list[str]]:
    """Question → the different answers of the file that are none of its own, the first `MOST_VALUES` of them."""
    found: dict[str, list[str]] = {}
    for question in content.questions():
        if question.kind is Kind.TEXT or question.key not in choices.columns:
            continue
        texts = dict.fromkeys(text_of(raw) for raw in _column(sheet, choices, question.key) if not is_empty(raw))
        unknown = [one for one in texts if one and answer_of(question, one, {}) is None]
        if unknown:
            found[question.key] = unknown[:MOST_VALUES]
    return found


def answer_of(question: Question, text: str, meant: Mapping[str, str]) -> str | None:
    """The question's answer that a text of the file stands for; "" to leave it out, None where nobody said."""
    if text in meant:
        return meant[text] if meant[text] in (*question.values, "") else None
    wanted = plain(text)
    if question.kind is Kind.YES_NO:
        return "yes" if wanted in YES else "no" if wanted in NO else None
    if question.kind is Kind.CHOICE:
        names = {plain(one): option.key for option in question.options for one in (*option.text.values(), option.key)}
        return names.get(wanted)
    return wanted if wanted in question.values else None


def text_of(raw: Raw) -> str:
    """A cell as text; "" for what is no text or number."""
    try:
        value, _note = read(raw, Cell.TEXT)
    except InvalidInput:
        return ""
    return str(value or "")


def _column(sheet: Sheet, choices: Choices, name: str) -> list[Raw]:
    place = choices.columns.get(name)
    return [] if place is None else [cells[place] if place < len(cells) else None for _row, cells in sheet.rows]
