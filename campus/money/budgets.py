"""Budgets of works as approved versions, and what people expect works to cost in the end. Both are only added to."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from campus.amounts import euros
from campus.money import queries, rules
from campus.money.models import Budget, BudgetLine, CompletionForecast
from campus.places import rules as places
from campus.renovation.models import WorksPackage
from core import clock, trail
from core.errors import InvalidInput
from core.i18n import gettext as _

SUBJECT = "works_package"
Lines = Mapping[tuple[str, int], int]  # cost type and year → cents


def approve(session: Session, package: WorksPackage, lines: Lines, actor: str, why: str) -> Budget:
    """Keep a budget as the package's next version. Raises `InvalidInput` without a line, or without saying why."""
    for (cost_type, year), cents in lines.items():
        places.checked_word(cost_type, rules.COST_TYPES, "cost_type")
        rules.checked_year(year)
        rules.checked_cents(cents, f"{cost_type}-{year}")
    if not lines:
        raise InvalidInput(_("has no line yet"), place="lines")
    number = 1 + len(queries.budgets(session, package.id))
    budget = Budget(package_id=package.id, number=number, approved_at=clock.now(), approved_by=actor)
    budget.why = rules.checked_reason(why, "why")
    session.add(budget)
    session.flush()
    for (cost_type, year), cents in lines.items():
        session.add(BudgetLine(budget_id=budget.id, cost_type=cost_type, year=year, cents=cents))
    session.flush()
    told = {"number": number, "cents": sum(lines.values()), "why": budget.why}
    trail.record(session, actor, "works.budget", SUBJECT, package.id, after=told)
    return budget


def expect(
    session: Session, package: WorksPackage, cost_type: str, cents: int, reported_on: date, actor: str, why: str = ""
) -> CompletionForecast:
    """Append what a package's costs of a type are expected to come to in all, in cents.

    Raises `InvalidInput`, also for less than was paid by the day of the report.
    """
    made = CompletionForecast(
        package_id=package.id,
        cost_type=places.checked_word(cost_type, rules.COST_TYPES, "cost_type"),
        reported_on=rules.checked_past(reported_on, "reported_on"),
        cents=rules.checked_cents(cents),
        why=rules.checked_text(why, rules.MOST_TEXT, "why"),
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    paid = queries.paid_by(session, package.id, cost_type, reported_on)
    if cents < paid:
        raise InvalidInput(_("must not be less than the %(amount)s that is paid", amount=euros(paid)), place="amount")
    session.add(made)
    session.flush()
    told = {"cost_type": cost_type, "cents": cents, "reported_on": reported_on.isoformat(), "why": made.why}
    trail.record(session, actor, "works.expect", SUBJECT, package.id, after=told)
    return made
