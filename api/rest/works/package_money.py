"""The money of a works package: its budgets, what its costs are expected to come to, and its earned value."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import money_told, rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.works import money_schemas as out
from api.rest.works.funding import moment
from api.rest.works.money_schemas import AsOf
from campus.known import checked_as_of
from campus.money import budgets, queries
from campus.money.models import Budget
from campus.money.performance import performance
from campus.renovation import queries as works
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("money of works")
ONE = "/works/{slug}"
Number = Annotated[int, Query(ge=1, le=100_000)]


@router.get(f"{ONE}/budgets")
def list_budgets(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[out.BudgetOut]:
    """Every approved version of a package's budget, the first one first."""
    return _told(session, queries.budgets(session, works.package(session, slug).id, moment(as_of)))


@router.post(f"{ONE}/budgets", status_code=201)
def create_budget(
    slug: str, given: out.GivenBudget, caller: Keeper, session: Writing, response: Response
) -> out.BudgetOut:
    """Approve a budget as the next version; the earlier ones stay."""
    lines: dict[tuple[str, int], int] = {(one.cost_type, one.year): one.cents for one in given.lines}
    made = budgets.approve(session, works.package(session, slug), lines, caller.actor, given.why)
    response.headers["Location"] = f"{rest.PREFIX}/works/{slug}/budgets"
    return _told(session, [made])[0]


@router.get(f"{ONE}/budgets/compared")
def compare_budgets(
    slug: str, _caller: Reader, session: Reading, before: Number, after: Number
) -> list[out.ComparedOut]:
    """Two versions of a budget, line by line."""
    found = {one.number: one for one in queries.budgets(session, works.package(session, slug).id)}
    if before not in found or after not in found:
        raise NotFound(_("There is no such version of the budget."))
    lines = queries.budget_lines(session, [found[before], found[after]])
    old, new = lines[found[before].id], lines[found[after].id]
    return [
        out.ComparedOut(
            cost_type=kind,
            year=year,
            before=old.get((kind, year), 0),
            after=new.get((kind, year), 0),
            difference=new.get((kind, year), 0) - old.get((kind, year), 0),
        )
        for kind, year in sorted({*old, *new})
    ]


@router.get(f"{ONE}/expected-costs")
def list_expected_costs(
    slug: str, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[out.ExpectedOut]:
    """What people reported that costs will come to in all, the newest report first."""
    found = queries.expected(session, works.package(session, slug).id, moment(as_of))
    tell_pages(response, part, len(found))
    return [out.ExpectedOut.model_validate(one) for one in found[part.offset : part.offset + part.size]]


@router.post(f"{ONE}/expected-costs", status_code=201)
def report_expected_costs(slug: str, given: out.GivenExpected, caller: Keeper, session: Writing) -> out.ExpectedOut:
    """Append a report of what costs of a type will come to in all."""
    values = (given.cost_type, given.cents, given.reported_on)
    made = budgets.expect(session, works.package(session, slug), *values, caller.actor, given.why)
    return out.ExpectedOut.model_validate(made)


@router.get(f"{ONE}/earned-value")
def get_earned_value(
    slug: str, _caller: Reader, session: Reading, as_of: AsOf = None, baseline: Number | None = None
) -> out.EarnedOut:
    """Earned value and earned schedule on a day, as known at its end, against the last baseline or a chosen one."""
    found = performance(session, works.package(session, slug).id, checked_as_of(as_of) or today(), baseline)
    value = found.value
    names = ("bac", "pv", "ev", "ac", "sv", "cv", "eac", "etc", "vac")
    return out.EarnedOut(
        on=found.on,
        baseline=found.baseline.number if found.baseline else None,
        budget=found.budget.number if found.budget else None,
        **{name: getattr(value, name) for name in names},
        spi=_ratio(value.spi),
        cpi=_ratio(value.cpi),
        earned_months=_ratio(found.earned_months),
        elapsed_months=_ratio(found.elapsed_months),
        spi_t=_ratio(found.time_index),
        notes=money_told.notes(found),
        months=[out.MonthOut(until=day, pv=one.pv, ev=one.ev, ac=one.ac) for day, one in found.months()],
    )


def _told(session: Session, found: Sequence[Budget]) -> list[out.BudgetOut]:
    lines = queries.budget_lines(session, found)
    return [
        out.BudgetOut(
            number=one.number,
            approved_at=one.approved_at,
            approved_by=one.approved_by,
            why=one.why,
            cents=sum(lines[one.id].values()),
            lines=[
                out.BudgetLineOut(cost_type=kind, year=year, cents=cents)
                for (kind, year), cents in sorted(lines[one.id].items())
            ],
        )
        for one in found
    ]


def _ratio(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
