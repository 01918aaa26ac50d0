"""A baseline: choose its months, see how well it fits, confirm it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import energy_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import DATE_PARTS, Entered, Posted
from api.pages import page_router
from api.pages.campus import places_form
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works.energy import PAGE
from api.pages.works.energy_meter import ONE
from api.rendering import redirect, render
from campus.energy import keeping, queries, rules, savings
from campus.energy import months as tables
from campus.energy.baseline import CONFIDENCE
from campus.energy.keeping import Trial, Wanted
from campus.energy.models import MeterVersion
from campus.energy.months import MonthRow
from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import format_month, format_percent, lazy
from core.i18n import gettext as _

router = page_router()


class BaselineForm(BaseModel):
    """Which months, which station, which other meters are summed, and when the works lie where no plan says it."""

    station: str = Field(min_length=1, max_length=80)
    first: str
    last: str
    nights: str = "yes"
    meters: list[str] = []
    works_first: date | None = None
    works_last: date | None = None
    digest: str = ""
    reason: str = Field("", max_length=rules.MOST_TEXT)

    errors: ClassVar = {
        "station": lazy("Choose a station; degree-days come in under Import and export."),
        "first": lazy("Choose the first month."),
        "last": lazy("Choose the last month."),
    }
    labels: ClassVar = {
        "station": lazy("The station"),
        "first": lazy("The months:"),
        "last": lazy("The months:"),
        "works_last": lazy("The end of the works:"),
        "reason": lazy("The reason"),
    }

    def wanted(self, slug: str) -> Wanted:
        """As the books take it."""
        works = None
        if self.works_first or self.works_last:
            if not self.works_first or not self.works_last:
                raise InvalidInput(_("give both days, or none"), place="works_last")
            works = Nights(self.works_first, rules.day_after(self.works_last, "works_last"))
        return Wanted(
            meters=[slug, *(one for one in self.meters if one != slug)],
            station=self.station,
            first=_month(self.first, "first"),
            last=_month(self.last, "last"),
            with_nights=self.nights == "yes",
            works=works,
        )


@router.get(f"{ONE}/baseline")
def baseline_page(request: Request, slug: str, person: Reader, session: Reading) -> Response:
    """Months to choose from, and the fit on those that were chosen; to begin with the usual ones."""
    given = FormData([(name, value) for name, value in request.query_params.multi_items() if name != "csrf"])
    return _page(request, session, slug, Entered(given) if given else None, keeper=keeps(person))


@router.post(f"{ONE}/baseline")
def confirm_baseline(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Keep the baseline as it was seen."""
    queries.meter(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, slug, entered, keeper=True)):
        form = entered.check(BaselineForm)
        made = keeping.confirm(session, form.wanted(slug), form.digest, actor(person), form.reason)
    said = _("Baseline %(number)s is confirmed.", number=made.number)
    return redirect(request, f"{PAGE}/{slug}/savings", Flash(said))


def _page(request: Request, session: Session, slug: str, entered: Entered | None, *, keeper: bool) -> Response:
    meter = queries.meter(session, slug)
    stations = queries.stations(session)
    now = queries.baseline(session, meter.meter_id)
    works = savings.planned_works(session, meter.pavilion_id)
    station, nights = _asked(entered, stations)
    rows = _rows(session, meter, station, nights=nights)
    if entered is None:
        if keeping.usual(rows, works) is None:  # the books may know no room-nights of these years
            rows, nights = _rows(session, meter, station, nights=False), False
        entered = Entered(start=_start(rows, works, station, slug, nights=nights))
    trial, problem = _trial(session, slug, entered)
    return render(
        request,
        "works/energy_baseline.html",
        status=422 if entered.errors else 200,
        slug=slug,
        meter=meter,
        unit=words.figures_unit(meter),
        now=now,
        works=works,
        works_last=works.until - timedelta(days=1) if works else None,
        trial=trial,
        problem=problem,
        goodness=words.goodness(trial.fitted) if trial else None,
        notes=words.notes(trial.fitted) if trial else [],
        coefficients=_coefficients(trial) if trial else [],
        confidence=format_percent(CONFIDENCE),
        entered=entered,
        keeper=keeper,
        words=words,
        stations=[(one, one) for one in stations],
        months=[(f"{row.first:%Y-%m}", _named(row)) for row in rows],
        others=_others(session, slug, meter),
        parts_of_day=DATE_PARTS,
    )


def _asked(entered: Entered | None, stations: Sequence[str]) -> tuple[str, bool]:
    """The station, and whether room-nights count; to begin with the first one, and that they do."""
    station = (entered.value("station") if entered else "") or next(iter(stations), "")
    return station, not entered or entered.value("nights") != "no"


def _rows(session: Session, meter: MeterVersion, station: str, *, nights: bool) -> list[MonthRow]:
    return tables.month_table(session, [meter], station, tables.months_over([meter]), with_nights=nights)


def _start(rows: Sequence[MonthRow], works: Nights | None, station: str, slug: str, *, nights: bool) -> dict[str, Any]:
    usual = keeping.usual(rows, works)
    first, last = usual or ((rows[0].first, rows[-1].first) if rows else (None, None))
    start: dict[str, Any] = {"station": station, "nights": "yes" if nights else "no", "meters": [slug]}
    if first and last:
        start |= {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
    return start | places_form.parts("works_first", None) | places_form.parts("works_last", None)


def _trial(session: Session, slug: str, entered: Entered) -> tuple[Trial | None, str]:
    """The fit on what is chosen, or why there is none; what is wrong with the form stands beside its fields."""
    try:
        form = BaselineForm.model_validate(_given(entered))
        return keeping.try_out(session, form.wanted(slug)), ""
    except InvalidInput as error:
        return None, error.message
    except ValueError:
        return None, _("Choose a station and the months first.")


def _given(entered: Entered) -> dict[str, object]:
    names = ("station", "first", "last", "nights")
    found: dict[str, object] = {name: entered.value(name) for name in names if entered.value(name)}
    found["meters"] = entered.values("meters")
    for name in ("works_first", "works_last"):
        day, month, year = (entered.value(f"{name}-{part}").strip() for part in DATE_PARTS)
        if day or month or year:
            found[name] = f"{year}-{month:0>2}-{day:0>2}"
    return found


def _coefficients(trial: Trial) -> list[tuple[str, float, bool]]:
    fitted = trial.fitted
    return [(str(words.PREDICTORS[name]), value, fitted.surely(name)) for name, value in fitted.kwh_per.items()]


def _others(session: Session, slug: str, meter: MeterVersion) -> list[tuple[str, str]]:
    """Other meters of the pavilion whose use can be added."""
    return [
        (other, one.name)
        for other, one in queries.meters(session)
        if other != slug and one.pavilion_id == meter.pavilion_id and (one.kind == "water") == (meter.kind == "water")
    ]


def _named(row: MonthRow) -> str:
    name, lacks = format_month(row.first), words.missing_in(row)
    return _("%(month)s (missing: %(what)s)", month=name, what=lacks) if lacks else name


def _month(text: str, place: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise InvalidInput(_("must be a month such as 2026-01"), place=place) from None
