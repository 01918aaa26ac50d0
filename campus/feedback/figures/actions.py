"""Every change of benchmarks, the only figures that staff enter. Quarters are closed in `closing.py`."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy.orm import Session

from campus.feedback.figures import queries
from campus.feedback.figures.models import Benchmark
from campus.feedback.questionnaires.content import Kind
from campus.nights import EARLIEST, LATEST
from campus.places import rules as places
from core import trail
from core.errors import InvalidInput
from core.i18n import gettext as _

SUBJECT = "benchmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBenchmark:
    """A figure of others, on the scale of the measure's `value`: a share of 1, or a score of −100 to 100.

    It counts from `first` to `until`, that day included; without an end until it is ended.
    """

    measure: str
    name: str
    value: float
    source: str
    first: date
    until: date | None = None


def add_benchmark(session: Session, wanted: WantedBenchmark, actor: str) -> Benchmark:
    """Add a benchmark. Raises `InvalidInput`; one of a measure that was never published too."""
    row = Benchmark(**_checked(session, wanted))
    session.add(row)
    session.flush()
    trail.record(session, actor, "benchmark.add", SUBJECT, row.id, after=_told(row))
    return row


def change_benchmark(session: Session, row: Benchmark, wanted: WantedBenchmark, actor: str) -> None:
    """Correct it; the trail keeps what it was. Raises `InvalidInput`."""
    values, before = _checked(session, wanted), _told(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    if _told(row) != before:
        trail.record(session, actor, "benchmark.change", SUBJECT, row.id, before=before, after=_told(row))


def end_benchmark(session: Session, row: Benchmark, day: date, actor: str) -> None:
    """Let it count until this day, that day included. Raises `InvalidInput` before its first."""
    before = _told(row)
    row.until = _checked_until(row.first, day)
    session.flush()
    trail.record(session, actor, "benchmark.end", SUBJECT, row.id, before=before, after=_told(row))


def _checked(session: Session, wanted: WantedBenchmark) -> dict[str, Any]:
    kind = queries.kind_of(session, wanted.measure)
    if kind is None:
        raise InvalidInput(_("no figure of this measure was ever published"), place="measure")
    least, most = (-100, 100) if kind == Kind.SCORE else (0, 1)
    if not isfinite(wanted.value) or not least <= wanted.value <= most:
        raise InvalidInput(_("must be %(least)s to %(most)s", least=least, most=most), place="value")
    if not EARLIEST <= wanted.first < LATEST:
        raise InvalidInput(_("is no day that the books hold"), place="first")
    return {
        "measure": wanted.measure,
        "name": places.checked_name(wanted.name),
        "value": float(wanted.value),
        "source": places.checked_text(wanted.source, "source", 500, needed=True),
        "first": wanted.first,
        "until": None if wanted.until is None else _checked_until(wanted.first, wanted.until),
    }


def _checked_until(first: date, until: date) -> date:
    if not first <= until < LATEST:
        raise InvalidInput(_("must not be before its first day"), place="until")
    return until


def _told(row: Benchmark) -> dict[str, Any]:
    until = row.until.isoformat() if row.until else None
    plain = {name: getattr(row, name) for name in ("measure", "name", "value", "source")}
    return {**plain, "first": row.first.isoformat(), "until": until}
