"""The funding of works, loaded from a facts file: what is pledged and received, and the budget of two years.

What a source has pledged is the sum over all works of the file. Of a budget the file says three types of cost in
2024-25; whatever else the last budget plans stays. The year of a cost and the day of a receipt are not published: they
stand at the end of the time that the file names.
"""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.facts import EURO, FIRST, LAST, OPENED, Facts, PublishedMilestone, RenovationFunding, pavilion_key
from campus.funds.loading import Change, LeftOut, Told, Why
from campus.money import budgets, queries, sources
from campus.money.models import FundingSource
from campus.money.rules import Status
from campus.places.models import Pavilion
from campus.renovation.models import WorksPackage
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import marked, today

GOVERNMENT, OWN = "Host government", "Own contribution of the centre"
SECTION = "renovation_funding"
REASON = marked("The facts file says otherwise.")
SPAN = f"{FIRST.year}-{LAST:%y}"


def load_pledges(session: Session, facts: Facts, actor: str) -> Told:
    """What the host government and the centre have pledged by the end of 2023.

    Raises `InvalidInput` where that is less than they allocate.
    """
    if facts.renovation_funding is None:
        return Told()
    every = facts.renovation_funding.values()
    changes = [
        *_pledge(session, GOVERNMENT, sum(one.host_government for one in every) * EURO, actor),
        *_pledge(session, OWN, sum(one.own_contribution for one in every) * EURO, actor),
    ]
    return Told(tuple(changes))


def _pledge(session: Session, name: str, cents: int, actor: str) -> list[Change]:
    source = _source(session, name)
    before = queries.pledge(session, source.id) if source else None
    if cents == (before.cents if before else 0):
        return []
    try:
        if source is None:
            sources.add_source(session, name, None, cents, OPENED, actor)
        else:
            sources.pledge(session, source, cents, OPENED, actor, _(REASON))
    except InvalidInput as error:
        raise InvalidInput(f"{name}: {error.message}", place=SECTION) from None
    return [Change(f"{name}, pledged", before.cents if before else None, cents)]


def load_receipts(session: Session, facts: Facts, actor: str) -> Told:
    """What the milestones of works say was received of the host government; what is booked already is not again."""
    expected, changes, left_out = 0, list[Change](), list[LeftOut]()
    for place, milestone in _received(facts):
        if milestone.until is None or milestone.until > today():
            left_out.append(LeftOut(place, Why.NOT_OVER))
            continue
        expected += (milestone.received or 0) * EURO
        before = _booked(session, milestone.until)
        if before > expected:
            left_out.append(LeftOut(place, Why.MORE_RECEIVED))
        elif before < expected:
            _receive(session, milestone, milestone.until, expected - before, actor)
            changes.append(Change(f"{GOVERNMENT}, received", before or None, expected))
    return Told(tuple(changes), tuple(left_out))


def _received(facts: Facts) -> list[tuple[str, PublishedMilestone]]:
    """The milestones that tell of money, with their places in the file, the earliest first."""
    found = [
        (f"renovation.{position}.milestones.{number}", milestone)
        for position, works in enumerate(facts.renovation or ())
        for number, milestone in enumerate(works.milestones)
        if milestone.received
    ]
    return sorted(found, key=lambda one: one[1].until or LAST)


def _booked(session: Session, until: date) -> int:
    """What is booked as received of the host government by a day, in cents."""
    source = _source(session, GOVERNMENT)
    receipts = queries.receipts(session, source.id) if source else []
    return sum(one.cents for one in receipts if one.status == Status.BOOKED.value and one.day <= until)


def _receive(session: Session, milestone: PublishedMilestone, day: date, cents: int, actor: str) -> None:
    source = _source(session, GOVERNMENT) or sources.add_source(session, GOVERNMENT, None, 0, OPENED, actor)
    what = f"{milestone.name[:150]}: in {milestone.when[:7]}, the day is not published"
    sources.receive(session, source, cents, day, what, actor)


def load_budgets(session: Session, facts: Facts, actor: str) -> Told:
    """What works on a pavilion are planned to cost in 2024-25, as another budget of its package where that is new."""
    changes, left_out = list[Change](), list[LeftOut]()
    for key, funding in (facts.renovation_funding or {}).items():
        package = _package(session, key)
        if isinstance(package, Why):
            left_out.append(LeftOut(f"{SECTION}.{key}", package))
        else:
            changes += _budget(session, package, funding, actor)
    return Told(tuple(changes), tuple(left_out))


def _budget(session: Session, package: WorksPackage, funding: RenovationFunding, actor: str) -> list[Change]:
    last = queries.budgets(session, package.id)[-1:]
    lines = queries.budget_lines(session, last)[last[0].id] if last else {}
    wanted = {
        "design": funding.planned_design_and_consultants * EURO,
        "works": funding.planned_works_contracts * EURO,
        "control": funding.planned_project_control * EURO,
    }
    before = {cost_type: _planned(lines, cost_type) for cost_type in wanted}
    new = {cost_type: cents for cost_type, cents in wanted.items() if (before[cost_type] or 0) != cents}
    if not new:
        return []
    kept = {(kind, year): cents for (kind, year), cents in lines.items() if kind not in new or not _within(year)}
    added = {(cost_type, LAST.year): cents for cost_type, cents in new.items()}
    why = _("Published plan for %(years)s; the year of each cost is not published", years=SPAN)
    budgets.approve(session, package, kept | added, actor, why)
    return [Change(f"{package.name}, budget {SPAN}, {kind}", before[kind], cents) for kind, cents in new.items()]


def _planned(lines: Mapping[tuple[str, int], int], cost_type: str) -> int | None:
    """What a budget plans for costs of a type in the two years; None where it has no such line."""
    found = [cents for (kind, year), cents in lines.items() if kind == cost_type and _within(year)]
    return sum(found) if found else None


def _within(year: int) -> bool:
    return FIRST.year <= year <= LAST.year


def _source(session: Session, name: str) -> FundingSource | None:
    """The source of this name, or the one that was added under it and is called otherwise now."""
    slug = name.lower().replace(" ", "-")
    every = queries.sources(session)
    named = next((one for one in every if one.name.casefold() == name.casefold()), None)
    return named or next((one for one in every if one.slug == slug), None)


def _package(session: Session, key: str) -> WorksPackage | Why:
    """The works on the pavilion that the file calls so, or why there are none to enter it at."""
    pavilions = {pavilion_key(name): id_ for id_, name in session.execute(sa.select(Pavilion.id, Pavilion.name))}
    if key.casefold() not in pavilions:
        return Why.NO_PAVILION
    found = session.scalars(sa.select(WorksPackage).where(WorksPackage.pavilion_id == pavilions[key.casefold()]))
    packages = list(found)
    if len(packages) == 1:
        return packages[0]
    return Why.SEVERAL_PACKAGES if packages else Why.NO_PACKAGE
