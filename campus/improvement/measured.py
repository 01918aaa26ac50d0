"""What published cells say of an action: which quarters lie before and after it, and what they come to. Pure.

Before are the closed quarters that lie wholly before the day it was done, after those that lie wholly after it, up to
four of each; the quarter of the day counts for neither. A quarter with another wording of the question ends the
row of quarters that can be compared. Suppressed cells count as no answers, and are named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campus.feedback.figures.models import PublishedCell
from campus.feedback.figures.rules import ALL, PAVILION
from campus.feedback.quarters import Quarter, checked_quarter, quarter_of
from campus.feedback.questionnaires.content import Kind
from campus.improvement.rules import Terms
from campus.improvement.verdict import Effect, Sides, Summary, Verdict, effect, pooled

MOST_QUARTERS = 4  # a year, so that each season is on both sides once there is one
Cells = Mapping[tuple[Quarter, str], PublishedCell]  # by quarter and pavilion, "" for the whole campus


class Reason(StrEnum):
    """Why it is too early to tell."""

    NO_BEFORE = "no before"
    NO_AFTER = "no after"
    WORDING = "wording"
    MASKED = "masked"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Point:
    """One closed quarter: what the treated and the compared pavilions answered in it; None where nothing is known."""

    quarter: Quarter
    treated: Summary | None
    comparison: Summary | None
    masked: tuple[str, ...]
    wordings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a check finds. The four sides are pooled; `masked` and `left_out` name what did not count."""

    effect: Effect
    reason: Reason | None
    before: tuple[Quarter, ...]
    after: tuple[Quarter, ...]
    left_out: tuple[Quarter, ...]
    masked: tuple[tuple[Quarter, str], ...]
    treated_before: Summary | None
    treated_after: Summary | None
    comparison_before: Summary | None
    comparison_after: Summary | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the last closed quarters say of the treated and of the compared pavilions; None where nothing."""

    treated: Summary | None
    comparison: Summary | None
    quarters: tuple[Quarter, ...]
    masked: tuple[tuple[Quarter, str], ...]


def by_place(cells: Iterable[PublishedCell]) -> Cells:
    """The cells of a measure for all guests and for pavilions."""
    there = (one for one in cells if one.dimension in (ALL, PAVILION))
    return {(checked_quarter(one.quarter), one.thing): one for one in there}


def points(terms: Terms, cells: Cells, closed: Iterable[Quarter]) -> list[Point]:
    """Every closed quarter, the oldest first."""
    treated, compared = terms.pavilions or ("",), terms.comparison
    found = []
    for quarter in sorted(closed):
        there = [cells[quarter, thing] for thing in (*treated, *compared) if (quarter, thing) in cells]
        found.append(
            Point(
                quarter,
                pooled(_summaries(quarter, treated, cells)),
                pooled(_summaries(quarter, compared, cells)),
                tuple(one.thing for one in there if one.suppressed),
                frozenset(text for one in there for text in one.wordings),
            )
        )
    return found


def find(terms: Terms, done_on: date, cells: Cells, closed: Iterable[Quarter]) -> Found:
    """What the published quarters say of an action that guests could feel from `done_on` on."""
    every = points(terms, cells, closed)
    earlier = [one for one in every if one.quarter.until <= done_on]
    later = [one for one in every if one.quarter > quarter_of(done_on)]
    wording = _wording(earlier, later)
    before = _same(reversed(earlier), wording)[::-1]
    after = _same(later, wording)
    used = {one.quarter for one in (*before, *after)}
    near = (*earlier[-MOST_QUARTERS:], *later[:MOST_QUARTERS])
    treated = _sides(terms.pavilions or ("",), before, after, cells)
    compared = _sides(terms.comparison, before, after, cells) if terms.comparison else None
    result = effect(treated, compared)
    masked = tuple((one.quarter, thing) for one in (*before, *after) for thing in one.masked)
    reason = None
    if result.verdict is Verdict.TOO_EARLY:
        reason = _reason(earlier, later, before, after, masked=bool(masked))
    return Found(
        effect=result,
        reason=reason,
        before=tuple(one.quarter for one in before),
        after=tuple(one.quarter for one in after),
        left_out=tuple(one.quarter for one in near if one.quarter not in used),
        masked=masked,
        treated_before=pooled(treated.before),
        treated_after=pooled(treated.after),
        comparison_before=pooled(compared.before) if compared else None,
        comparison_after=pooled(compared.after) if compared else None,
    )


def baseline(terms: Terms, cells: Cells, closed: Iterable[Quarter]) -> Baseline:
    """Where an action would start from: the last closed quarters with one wording."""
    every = points(terms, cells, closed)
    known = _same(reversed(every), _wording(every, []))[::-1]
    treated = _sides(terms.pavilions or ("",), known, [], cells)
    compared = _sides(terms.comparison, known, [], cells)
    return Baseline(
        pooled(treated.before),
        pooled(compared.before),
        tuple(one.quarter for one in known),
        tuple((one.quarter, thing) for one in known for thing in one.masked),
    )


def in_points(cell: PublishedCell) -> Summary | None:
    """A cell's answers in points of its scale, a yes or no in percentage points; None where nothing is published."""
    if cell.suppressed or cell.mean is None or not cell.n:
        return None
    scale = 100.0 if cell.kind == Kind.YES_NO else 1.0
    return Summary(cell.n, cell.mean * scale, None if cell.deviation is None else cell.deviation * scale)


def _wording(earlier: Sequence[Point], later: Sequence[Point]) -> str:
    """The wording that is compared: that of the first quarter after, else of the last before; "" where it is mixed."""
    known = [one for one in (*later, *reversed(earlier)) if one.wordings]
    return next(iter(known[0].wordings)) if known and len(known[0].wordings) == 1 else ""


def _same(nearest_first: Iterable[Point], wording: str) -> list[Point]:
    """The nearest quarters in a row that have this wording alone, or no answer."""
    found: list[Point] = []
    for one in nearest_first:
        if len(found) == MOST_QUARTERS or not one.wordings <= {wording}:
            break
        found.append(one)
    return found


def _sides(things: Sequence[str], before: Sequence[Point], after: Sequence[Point], cells: Cells) -> Sides:
    parts = ([part for one in some for part in _summaries(one.quarter, things, cells)] for some in (before, after))
    return Sides(*parts)


def _summaries(quarter: Quarter, things: Sequence[str], cells: Cells) -> list[Summary]:
    there = (in_points(cells[quarter, thing]) for thing in things if (quarter, thing) in cells)
    return [one for one in there if one is not None]


def _reason(
    earlier: Sequence[Point], later: Sequence[Point], before: Sequence[Point], after: Sequence[Point], *, masked: bool
) -> Reason:
    if not earlier:
        return Reason.NO_BEFORE
    if not later:
        return Reason.NO_AFTER
    if not before or not after:
        return Reason.WORDING
    return Reason.MASKED if masked else Reason.FEW
