"""A package's plan against one of its baselines, as it was known at any instant: what the pages and REST tell of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from campus.renovation import queries, slips, trend
from campus.renovation.models import Baseline, MilestoneReport, WorksPackage
from campus.renovation.network import Key, Span, Wanted
from campus.renovation.queries import Plan
from campus.renovation.slips import Standing
from campus.renovation.trend import History
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """How a package stands. `baseline` is None where none was approved yet.

    `reports` are those that count of each of its milestones; `last_report` is the latest day reported for, `before` the
    latest one before it, which drift is measured from.
    """

    package: WorksPackage
    plan: Plan
    baselines: list[Baseline]
    baseline: Baseline | None
    lines: list[Standing]
    reports: Mapping[Key, MilestoneReport]
    last_report: date | None
    before: date | None

    @property
    def finish(self) -> date | None:
        """The last day of the whole package, as forecast."""
        return max((line.placed.span.finish for line in self.lines), default=None)

    @property
    def baseline_finish(self) -> date | None:
        """The last day of the whole package by the baseline."""
        return max((line.baseline.finish for line in self.lines if line.baseline), default=None)

    @property
    def slip(self) -> int | None:
        """By how many days the package ends after its baseline."""
        if self.finish is None or self.baseline_finish is None:
            return None
        return (self.finish - self.baseline_finish).days


def package_plan(
    session: Session, package: WorksPackage, at: datetime | None = None, number: int | None = None
) -> PackagePlan:
    """A package as known at an instant (None: now), against the baseline of a number (None: the newest).

    Raises `NotFound` for a baseline that was not approved by then.
    """
    plan = queries.plan(session, at)
    keys = plan.of(package.id)
    history = history_of(session, plan, at)
    baselines = queries.baselines(session, package.id, at)
    baseline = chosen(baselines, number)
    days = trend.report_days(history, keys)
    return PackagePlan(
        package,
        plan,
        baselines,
        baseline,
        slips.standings(
            keys, plan.placed, _reference(session, plan, package, baseline, at), _before(plan, history, days)
        ),
        {key: one for key, one in queries.last_reports(session, at).items() if key in keys},
        days[-1] if days else None,
        days[-2] if len(days) > 1 else None,
    )


def chosen(baselines: list[Baseline], number: int | None) -> Baseline | None:
    """The baseline of this number; the newest one for None. Raises `NotFound`."""
    if number is None:
        return baselines[-1] if baselines else None
    found = next((one for one in baselines if one.number == number), None)
    if found is None:
        raise NotFound(_("There is no such baseline."))
    return found


def spans(session: Session, baseline: Baseline) -> dict[Key, Span]:
    """Where a baseline has each milestone."""
    return {key: Span(one.start, one.finish) for key, one in queries.baseline_spans(session, baseline.id).items()}


def history_of(session: Session, plan: Plan, at: datetime | None = None) -> History:
    """All reports of a plan's milestones, as known at an instant."""
    history: dict[Key, list[tuple[date, Wanted]]] = {key: [] for key in plan.milestones}
    for one in queries.reports(session, plan.milestones, at):
        history[one.milestone_id].append((one.reported_on, queries.wanted_of(one)))
    return history


def _reference(
    session: Session, plan: Plan, package: WorksPackage, baseline: Baseline | None, at: datetime | None
) -> dict[Key, Span]:
    """The chosen baseline, and of the other packages, which may be the cause of a slip, the newest."""
    others = set(plan.package_of.values()) - {package.id}
    newest = [found[-1] for one in others if (found := queries.baselines(session, one, at))]
    return {
        key: span for one in (*newest, *((baseline,) if baseline else ())) for key, span in spans(session, one).items()
    }


def _before(plan: Plan, history: History, days: list[date]) -> dict[Key, Span]:
    """Where the milestones lay by the reports of all days before the last one."""
    if len(days) < 2:
        return {}
    placed = trend.placed_by(history, plan.dependencies, days[-1] - timedelta(days=1))
    return {key: one.span for key, one in placed.items()}
