"""Energy: every meter with what was avoided and how surely, or what is missing to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import energy_words as words
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.rendering import render
from api.table_files import csv_table
from campus.energy import queries, savings
from campus.energy.baseline import CONFIDENCE
from campus.energy.models import MeterVersion
from campus.energy.savings import Report
from campus.places.models import Pavilion
from core.i18n import format_number, format_percent, ngettext
from core.i18n import gettext as _

router = page_router()
PAGE = "/works/energy"


@dataclass(frozen=True, slots=True)
class Line:
    """A meter of the list. `report` is None where no baseline was confirmed."""

    slug: str
    meter: MeterVersion
    where: str
    report: Report | None

    @property
    def told(self) -> str:
        """What was avoided, or what is missing to tell."""
        if self.report is None:
            return _("No baseline is confirmed yet.")
        return words.told(self.report, words.figures_unit(self.meter))

    @property
    def state(self) -> tuple[str, str]:
        """Its state in a shape and a word."""
        if self.report is None:
            return "warn", _("No baseline")
        after = self.report.after
        if self.report.corrected:
            return "warn", _("To be fitted again")
        if after is None:
            return "info", _("Not to be told yet")
        if not after.found.detectable:
            return "info", _("No detectable change")
        return ("good", _("Less used")) if after.found.avoided > 0 else ("bad", _("More used"))


@router.get(PAGE)
def list_meters(
    request: Request, person: Reader, session: Reading, kind: str = "", pavilion: str = "", sort: str = ""
) -> Response:
    """All meters, and the sum of what can be told from chance."""
    found = lines(session)
    shown = [one for one in found if kind in ("", one.meter.kind) and pavilion in ("", str(one.meter.pavilion_id or 0))]
    return render(
        request,
        "works/energy.html",
        lead=lead_of(found),
        lines=_sorted(shown, sort),
        some=bool(found),
        keeper=keeps(person),
        words=words,
        choice=Entered(start={"kind": kind, "pavilion": pavilion}),
        kinds=[("", _("All")), *((value, str(title)) for value, title in words.KINDS.items())],
        places=[
            ("", _("All")),
            ("0", _("Whole campus")),
            *((str(key), name) for key, name in pavilions(session).items()),
        ],
    )


@router.get(f"{PAGE}/meters.csv")
def meters_file(_person: Reader, session: Reading) -> Response:
    """Every meter with what was avoided since its works."""
    heading = (
        "meter",
        "name",
        "pavilion",
        "measures",
        "unit",
        "months",
        "predicted",
        "actual",
        "avoided",
        "low",
        "high",
    )
    rows = []
    for one in lines(session):
        after = one.report.after if one.report else None
        figures: tuple[object, ...] = ("",) * 6
        if after:
            told = after.found
            values = (told.predicted, told.actual, told.avoided, told.low, told.high)
            figures = (after.months, *(round(value, 1) for value in values))
        rows.append((one.slug, one.meter.name, one.where, one.meter.kind, words.figures_unit(one.meter), *figures))
    return csv_table("energy-meters", heading, rows)


def lines(session: Session, at: datetime | None = None) -> list[Line]:
    """Every meter with its report, by name, as known at an instant."""
    names = pavilions(session)
    return [
        Line(slug, one, names.get(one.pavilion_id or 0, _("Whole campus")), savings.report(session, slug, at))
        for slug, one in queries.meters(session, at)
    ]


def pavilions(session: Session) -> dict[int, str]:
    """Id and name of every pavilion, by name."""
    found = session.execute(sa.select(Pavilion.id, Pavilion.name).order_by(Pavilion.name))
    return {row.id: row.name for row in found}


def _sorted(found: Sequence[Line], sort: str) -> list[Line]:
    keys = {
        "name": lambda one: one.meter.name.casefold(),
        "pavilion": lambda one: one.where,
        "kind": lambda one: one.meter.kind,
    }
    key = keys.get(sort.removeprefix("-"))
    return sorted(found, key=key, reverse=sort.startswith("-")) if key else list(found)


def lead_of(found: Sequence[Line]) -> str:
    """What was avoided with certainty, over the meters in kWh; each meter counts once."""
    if not found:
        return _("There are no meters yet.")
    told = [one.report for one in found if one.report and one.report.after and one.meter.kind != "water"]
    sure = savings.surely_avoided(told)
    without = sum(one.report is None for one in found)
    if not told:
        return _("What was avoided cannot be told yet: a meter needs a baseline and whole months after it.")
    if sure is None:
        return _("No change can be told from chance yet.")
    said = _(
        "%(amount)s kWh were avoided, with %(confidence)s confidence between %(low)s and %(high)s.",
        confidence=format_percent(CONFIDENCE),
        amount=words.signed(sure.avoided),
        low=words.signed(sure.low),
        high=words.signed(sure.high),
    )
    if not without:
        return said
    return (
        said
        + " "
        + ngettext(
            "%(n)s of %(all)s meters has no baseline yet.",
            "%(n)s of %(all)s meters have no baseline yet.",
            without,
            all=format_number(len(found)),
        )
    )
