"""What a unit costs from which day on, with its source; and the degree-days of the stations, month by month."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api import energy_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.pages.works.energy import PAGE
from api.rendering import redirect, render
from campus.energy import actions, queries, rules
from campus.energy import months as tables
from campus.energy.models import EnergyPrice
from campus.nights import Nights
from core.i18n import format_month, lazy, today
from core.i18n import gettext as _

router = page_router()
PRICES = f"{PAGE}/prices"
DEGREE_DAYS = f"{PAGE}/degree-days"
YEARS = 3


class PriceForm(BaseModel):
    """A price with its source."""

    kind: str
    first: date
    price: str
    source: str
    reason: str = Field("", max_length=rules.MOST_TEXT)

    errors: ClassVar = {
        "price": lazy("Enter a price in euros, such as 0.2145."),
        "source": lazy("Enter where the price stands, in at most 200 characters."),
    }
    labels: ClassVar = {
        "first": lazy("The day"),
        "price": lazy("The price"),
        "source": lazy("The source"),
        "reason": lazy("The reason"),
    }


@router.get(PRICES)
def prices_page(request: Request, person: Reader, session: Reading) -> Response:
    """Every price, and a form for keepers."""
    return _prices(request, session, Entered(start={"kind": "electricity"}), keeper=keeps(person))


@router.post(PRICES)
def set_price(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter what a unit costs from a day on, or correct it with a reason."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _prices(request, session, entered, keeper=True)):
        form = entered.check(PriceForm)
        price = rules.checked_price(form.price)
        actions.set_price(session, form.kind, form.first, price, form.source, actor(person), form.reason)
    return redirect(request, PRICES, Flash(_("The price is saved.")))


@router.get(DEGREE_DAYS)
def degree_days_page(request: Request, person: Reader, session: Reading) -> Response:
    """Each station's last months."""
    period = Nights(date(today().year - YEARS, today().month, 1), today().replace(day=1))
    bases = queries.bases(session)
    stations = [
        (name, bases[name], list(tables.degree_months(session, name, period).items())[::-1])
        for name in queries.stations(session)
    ]
    return render(
        request, "works/energy_degree_days.html", stations=stations, keeper=keeps(person), lead=_last(stations)
    )


def _last(stations: Sequence[tuple[str, object, Sequence[tuple[date, tuple[float | None, float | None]]]]]) -> str:
    """Up to when degree-days are known."""
    if not stations:
        return _("There are no degree-days yet.")
    known = [
        month for _name, _bases, months in stations for month, (heating, _cooling) in months if heating is not None
    ]
    if not known:
        return _("No month of the last three years is whole.")
    return _("Degree-days are known until %(month)s.", month=format_month(max(known)))


def _prices(request: Request, session: Session, entered: Entered, *, keeper: bool) -> Response:
    found = queries.prices(session)
    return render(
        request,
        "works/energy_prices.html",
        lead=_lead(found),
        prices=found[::-1],
        entered=entered,
        keeper=keeper,
        kinds=[(value, str(title)) for value, title in words.KINDS.items()],
        words=words,
        who=actors.names(session),
    )


def _lead(found: list[EnergyPrice]) -> str:
    lacking = [str(title) for kind, title in words.KINDS.items() if all(one.kind != kind for one in found)]
    if not found:
        return _("No prices are entered yet: savings are told in kWh and percent only.")
    if not lacking:
        return _("Every kind of energy and water has a price.")
    return _("Without a price, savings are told in kWh and percent only: %(kinds)s.", kinds=", ".join(lacking))
