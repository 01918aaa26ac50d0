"""The indicators, in the board report."""

from sqlalchemy.orm import Session

from api import results_words as words
from api.board_report.parts import Block, Section, Table, Tag, Text
from campus.capacity.report import Moment
from campus.results import queries
from campus.results.queries import Line
from core.i18n import format_date
from core.i18n import gettext as _

NO_BREAK = "\N{NO-BREAK SPACE}"


def indicators(session: Session, moment: Moment) -> Section | None:
    """How each of them stands, the reference lines of others apart."""
    lines = queries.lines(session, moment)
    references = queries.lines(session, moment, references=True)
    if not lines and not references:
        return None
    blocks: list[Block] = []
    if lines:
        blocks += [Text(words.said_of_all(lines), lead=True), _table(lines), Text(rule())]
        blocks += [Text(said) for line in lines if (said := _note(line))]
    if references:
        blocks += [_references(references)]
    return Section("indicators", _("Indicators"), tuple(blocks), "/results")


def rule() -> str:
    """The rule by which an indicator stands as it does, in short."""
    return _(
        "On track: the value reaches what is required on its day, on an even way from the baseline to the next goal. "
        "At risk: at most a tenth of the way from the baseline to the last goal is missing. "
        "Off track: more is missing. Not reported: there is no goal, no value, or none for 400 days."
    )


def _table(lines: list[Line]) -> Table:
    columns = (_("Indicator"), _("Baseline"), _("Next goal"), _("Value"), _("Status"))
    return Table(_("Indicators and how they stand"), columns, tuple(_row(line) for line in lines), numbers=(1, 2, 3))


def _row(line: Line) -> tuple[str | Tag, ...]:
    version, last = line.version, line.last
    goal = line.goal
    value = "–" if last is None else _dated(last.value, version.unit, format_date(last.day))
    return (
        " ".join(filter(None, (version.code, words.name(version)))),
        _dated(version.baseline, version.unit, format_date(version.baseline_on) if version.baseline_on else ""),
        _dated(goal.value, version.unit, format_date(goal.day)) if goal else "–",
        value,
        Tag(*words.tag(line)),
    )


def _dated(value: float | None, unit: str, day: str) -> str:
    said = words.shown(value, unit)
    return f"{said} ({day})".replace(" ", NO_BREAK) if day and value is not None else said


def _note(line: Line) -> str:
    """What the service says of what it counted, and why a value is missing."""
    last = line.last
    if last is None or not last.note or (last.by_hand and last.value is not None):
        return ""
    return _("%(indicator)s: %(note)s", indicator=words.name(line.version), note=words.note(last))


def _references(lines: list[Line]) -> Table:
    columns = (_("Line of another organisation"), _("About what"), _("Baseline"), _("Milestone"), _("Status"))
    rows = []
    for line in lines:
        version, goal = line.version, line.goal
        told = words.note(line.last) if line.last and line.last.value is None else ""
        said = words.shown(line.last.value, version.unit) if line.last and line.last.value is not None else told
        rows.append(
            (
                f"{version.code} {words.name(version)}".strip(),
                version.about,
                words.shown(version.baseline, version.unit),
                _dated(goal.value, version.unit, format_date(goal.day)) if goal else "–",
                said or str(words.STATUSES[line.status][1]),
            )
        )
    return Table(_("For reference: lines of other organisations, never our own baseline"), columns, tuple(rows), (2, 3))
