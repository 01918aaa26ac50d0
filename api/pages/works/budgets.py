"""Budgets of a works package: approve one, hold two versions against each other, report what costs will come to."""

from datetime import date
from typing import Any, ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, money_words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader
from api.pages.works import money_form
from api.pages.works.money_form import LABELS, Form, FormField, cents
from api.pages.works.package_money import PAGE
from api.rendering import redirect, render
from campus import amounts
from campus.amounts import euros
from campus.money import budgets, queries
from campus.money.models import Budget
from campus.money.rules import COST_TYPES, checked_year
from campus.renovation import queries as works
from campus.renovation.models import WorksPackage
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import lazy, today

router = page_router()
ADD = f"{PAGE}/budgets/add"
EXPECTED = f"{PAGE}/expected"
YEARS = 3  # of a first budget
MOST_YEARS = 15


class BudgetForm(BaseModel):
    """The years of a budget, and why it is approved; its lines are beside it."""

    first_year: int
    last_year: int
    why: str = ""

    errors: ClassVar = dict.fromkeys(("first_year", "last_year"), lazy("Enter a year, such as 2026."))
    labels: ClassVar = LABELS | {"why": lazy("The reason"), "lines": lazy("The budget")}


class ExpectedForm(BaseModel):
    """What costs will come to."""

    cost_type: str
    amount: str
    reported_on: date
    why: str = ""

    labels: ClassVar = LABELS | {"reported_on": lazy("The day of the report"), "why": lazy("The reason")}


@router.get(ADD)
def new_budget(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """A form that begins with the last budget."""
    package = works.package(session, slug)
    return _page(request, session, package, Entered(start=_start(session, package)))


@router.post(ADD)
def approve(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Approve the budget, if nobody approved another meanwhile."""
    package, entered = works.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: _page(request, session, package, entered)):
        given = entered.check(BudgetForm)
        years = _years(given.first_year, given.last_year)
        if entered.value("step") == "years":
            return _page(request, session, package, entered)
        money_form.must_be(len(queries.budgets(session, package.id)), entered)
        made = budgets.approve(session, package, _lines(entered, years), actor(person), given.why)
    said = _("Version %(number)s of the budget is approved.", number=made.number)
    return redirect(request, _address(package), Flash(said))


@router.get(f"{PAGE}/budgets")
def compare(request: Request, slug: str, _person: Reader, session: Reading) -> Response:
    """Two versions beside each other: the one the address names, or the last, and the one before or another."""
    package = works.package(session, slug)
    found = queries.budgets(session, package.id)
    if not found:
        raise NotFound(_("No budget is approved yet."))
    to = _chosen(found, request.query_params.get("to", "")) or found[-1]
    before = next((one for one in reversed(found) if one.number < to.number), None)
    other = _chosen(found, request.query_params.get("from", "")) or before
    lines = queries.budget_lines(session, [to, *([other] if other else [])])
    return render(
        request,
        "works/budgets.html",
        package=package,
        address=_address(package),
        to=to,
        other=other,
        **_compared(lines[to.id], lines[other.id] if other else {}),
        said=_said(sum(lines[to.id].values()), sum(lines[other.id].values()) if other else None, to, other),
        options=[(str(one.number), _("Version %(number)s", number=one.number)) for one in found],
        filters=Entered(start={"to": str(to.number), "from": str(other.number) if other else ""}),
        names=actors.names(session),
    )


@router.get(EXPECTED)
def new_expected(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return money_form.show(request, _expected_form(works.package(session, slug)))


@router.post(EXPECTED)
def expect(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Append a report."""
    package, entered = works.package(session, slug), Entered(posted)
    with entered.shown_again(lambda: money_form.show(request, _expected_form(package), entered)):
        given = entered.check(ExpectedForm)
        values = (given.cost_type, cents(given.amount), given.reported_on)
        made = budgets.expect(session, package, *values, actor(person), given.why)
    said = _(
        "%(kind)s: %(amount)s is expected in the end.",
        kind=money_words.COST_TYPES[made.cost_type],
        amount=euros(made.cents),
    )
    return redirect(request, _address(package), Flash(said))


def _address(package: WorksPackage) -> str:
    return f"/works/packages/{package.slug}/money"


def _start(session: Session, package: WorksPackage) -> dict[str, str]:
    found = queries.budgets(session, package.id)
    lines = queries.budget_lines(session, found[-1:])[found[-1].id] if found else {}
    years = [year for _kind, year in lines] or [today().year, today().year + YEARS - 1]
    start = {f"{kind}-{year}": amounts.entry(value) for (kind, year), value in lines.items()}
    return start | {"first_year": str(min(years)), "last_year": str(max(years)), "version": str(len(found))}


def _years(first: int, last: int) -> range:
    checked_year(first, "first_year")
    checked_year(last, "last_year")
    if not 0 <= last - first < MOST_YEARS:
        raise InvalidInput(
            _("The last year must not come before the first, nor %(most)s years after it.", most=MOST_YEARS),
            place="last_year",
        )
    return range(first, last + 1)


def _lines(entered: Entered, years: range) -> dict[tuple[str, int], int]:
    return {
        (kind, year): cents(typed, f"{kind}-{year}")
        for kind in COST_TYPES
        for year in years
        if (typed := entered.value(f"{kind}-{year}").strip())
    }


def _page(request: Request, session: Session, package: WorksPackage, entered: Entered) -> Response:
    try:
        years = _years(int(entered.value("first_year")), int(entered.value("last_year")))
    except (ValueError, InvalidInput):
        years = range(today().year, today().year + YEARS)
    return render(
        request,
        "works/budget_form.html",
        package=package,
        address=_address(package),
        entered=entered,
        years=years,
        words=money_words,
    )


def _chosen(found: list[Budget], number: str) -> Budget | None:
    return next((one for one in found if str(one.number) == number), None)


def _compared(to: dict[tuple[str, int], int], other: dict[tuple[str, int], int]) -> dict[str, Any]:
    """Rows by kind of costs and year with both amounts, and their sums by kind and by year."""
    keys = sorted({*to, *other}, key=lambda key: (COST_TYPES.index(key[0]), key[1]))
    rows = [
        (money_words.COST_TYPES[kind], year, other.get((kind, year), 0), to.get((kind, year), 0)) for kind, year in keys
    ]
    by_year = [
        (year, sum(one[2] for one in rows if one[1] == year), sum(one[3] for one in rows if one[1] == year))
        for year in sorted({year for _kind, year in keys})
    ]
    by_type = [
        (word, sum(one[2] for one in rows if one[0] == word), sum(one[3] for one in rows if one[0] == word))
        for word in money_words.COST_TYPES.values()
    ]
    return {"rows": rows, "by_year": by_year, "by_type": by_type, "sums": (sum(other.values()), sum(to.values()))}


def _said(now: int, before: int | None, to: Budget, other: Budget | None) -> str:
    if before is None or other is None:
        return _("Version %(to)s plans %(now)s.", to=to.number, now=euros(now))
    values = {"to": to.number, "now": euros(now), "other": other.number, "difference": euros(abs(now - before))}
    if now > before:
        return _("Version %(to)s plans %(now)s, %(difference)s more than version %(other)s.", **values)
    if now < before:
        return _("Version %(to)s plans %(now)s, %(difference)s less than version %(other)s.", **values)
    return _("Version %(to)s plans %(now)s, as much as version %(other)s.", **values)


def _expected_form(package: WorksPackage) -> Form:
    return Form(
        title=_("Report expected costs"),
        action=f"{_address(package)}/expected",
        back=_address(package),
        above=[(_("Works packages"), "/works"), (_("Money of %(name)s", name=package.name), _address(package))],
        said=[
            _("What all costs of a kind will come to in the end, those already paid included. Earlier reports stay.")
        ],
        fields=[
            money_form.cost_type_field(),
            money_form.amount_field(_("Expected in the end, euros")),
            money_form.day_field(_("Day of the report"), "reported_on"),
            FormField("text", "why", _("Reason"), optional=True, maxlength=500),
        ],
        button=_("Report it"),
        start=money_form.start_day("reported_on"),
    )
