"""What the pages of a package's plan share: what their address asks, the pages beside them, and their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session

from api.formatting import day
from api.forms import Entered
from api.pages.campus.asked import entries, past_day_in
from api.routing import paths
from campus.known import end_of
from campus.renovation import queries
from campus.renovation.models import Baseline, WorksPackage
from campus.renovation.network import Key
from campus.renovation.queries import Plan
from campus.renovation.slips import Standing
from campus.renovation.standing import PackagePlan, package_plan
from core.errors import InvalidInput
from core.i18n import format_date, format_list, format_number, ngettext
from core.i18n import gettext as _

PACKAGE = "/works/packages/{slug}"
PLAN, TREND, BASELINES, REPORT = (f"{PACKAGE}/{name}" for name in ("plan", "trend", "baselines", "report"))
MILESTONE = f"{PACKAGE}/milestones/{{key}}"
CLOSURE = f"{PACKAGE}/closure"


@dataclass(frozen=True, slots=True)
class Asked:
    """A package's plan as the address asks for it: as known at the end of a day, against one of its baselines."""

    plan: PackagePlan
    as_of: date | None
    number: int | None

    def query(self) -> str:
        """The parameters that ask the same."""
        given = {"baseline": self.number or "", "as_of": self.as_of or ""}
        return urlencode({name: value for name, value in given.items() if value})

    def filters(self) -> Entered:
        """What stands in the form."""
        baseline = self.plan.baseline.number if self.plan.baseline else ""
        return Entered(start=entries("as_of", self.as_of) | {"baseline": str(baseline)})


def asked_in(session: Session, package: WorksPackage, params: Mapping[str, str]) -> Asked:
    """The plan of an address. Raises `InvalidInput` naming the field, `NotFound` for a baseline that is not there."""
    as_of, number = past_day_in(params), _number(params.get("baseline", ""))
    plan = package_plan(session, package, end_of(as_of) if as_of else None, number)
    return Asked(plan, as_of, number)


def frame(request: Request, package: WorksPackage) -> dict[str, Any]:
    """What the head of each of these pages shows: the pages above it."""
    address = PACKAGE.format(slug=package.slug)
    above = [(_("Works packages"), "/works")]
    if PACKAGE in paths(request.app):
        above.append((package.name, address))
    return {
        "package": package,
        "address": address,
        "above": above,
    }


def after_report(request: Request, package: WorksPackage) -> str:
    """Where one goes on after a report: to what it does to the rooms, where there is such a page."""
    return (CLOSURE if CLOSURE in paths(request.app) else PLAN).format(slug=package.slug)


def package_of(session: Session, slug: str) -> WorksPackage:
    """One package. Raises `NotFound`."""
    return queries.package(session, slug)


def baseline_options(baselines: Iterable[Baseline]) -> list[tuple[str, str]]:
    """The baselines for a select, the newest first."""
    return [(str(one.number), baseline_name(one)) for one in reversed(list(baselines))]


def baseline_name(baseline: Baseline) -> str:
    """Its number and when it was approved."""
    return _("Baseline %(n)s, %(day)s", n=baseline.number, day=format_date(day(baseline.approved_at)))


def signed(days: int | None) -> str:
    """Days with their sign, as tables have them."""
    if days is None:
        return "–"
    return f"{'+' if days > 0 else '−' if days else ''}{format_number(abs(days))}"


def names(plan: Plan, keys: Iterable[Key]) -> list[str]:
    """The names of milestones."""
    return [plan.milestones[key].name for key in keys]


def said(asked: Asked) -> str:
    """When the works end, how late that is, and what moved since the report before."""
    plan = asked.plan
    if plan.finish is None:
        return _("These works have no milestone yet.")
    finish = format_date(plan.finish, "long")
    if plan.baseline is None or plan.slip is None:
        return _("The works end on %(finish)s. No baseline was approved, so no slip can be told.", finish=finish)
    return f"{_end(finish, plan.slip, plan.baseline.number)} {_moved(plan)}".strip()


def _end(finish: str, slip: int, number: int) -> str:
    if not slip:
        return _("The works end on %(finish)s, as in baseline %(number)s.", finish=finish, number=number)
    if slip > 0:
        return ngettext(
            "The works end on %(finish)s, %(n)s day later than in baseline %(number)s.",
            "The works end on %(finish)s, %(n)s days later than in baseline %(number)s.",
            slip,
            finish=finish,
            number=number,
        )
    return ngettext(
        "The works end on %(finish)s, %(n)s day earlier than in baseline %(number)s.",
        "The works end on %(finish)s, %(n)s days earlier than in baseline %(number)s.",
        -slip,
        finish=finish,
        number=number,
    )


def _moved(plan: PackagePlan) -> str:
    drifts = [line.drift for line in plan.lines if line.drift]
    if plan.last_report is None or plan.before is None:
        return ""
    reported = format_date(plan.last_report)
    if not drifts:
        return _("With the last report, of %(day)s, no milestone moved.", day=reported)
    return ngettext(
        "With the last report, of %(day)s, %(n)s milestone moved.",
        "With the last report, of %(day)s, %(n)s milestones moved.",
        len(drifts),
        day=reported,
    )


def cause_said(plan: PackagePlan) -> str:
    """What makes the end of the works late, by its path; empty where they are not late."""
    last = max((line for line in plan.lines if line.path), key=lambda line: line.placed.span.finish, default=None)
    if last is None:
        return ""
    cause = plan.plan.milestones[last.path[0]].name
    if len(last.path) == 1:
        return _("“%(cause)s” causes the delay by itself; nothing else pushes it.", cause=cause)
    path = " → ".join(names(plan.plan, last.path))
    return _("“%(cause)s” causes the delay, by this path: %(path)s.", cause=cause, path=path)


def driver_said(plan: PackagePlan, line: Standing) -> str:
    """What a milestone lies where it lies by."""
    if plan.plan.wanted[line.key].ended:
        return _("a fact")
    if line.placed.driver is None:
        return _("its own report")
    return _("pushed by “%(name)s”", name=plan.plan.milestones[line.placed.driver].name)


def pushes_said(plan: PackagePlan, line: Standing) -> str:
    """The milestones that are late because of this one; empty where there are none."""
    return _("pushes %(names)s", names=format_list(names(plan.plan, line.pushes))) if line.pushes else ""


def state_of(plan: PackagePlan, line: Standing, on: date) -> tuple[str, str]:
    """Kind and text of the tag that says how far a milestone is."""
    wanted = plan.plan.wanted[line.key]
    if wanted.ended:
        return "good", _("Ended")
    if line.placed.span.finish < on:
        return "bad", _("Should have ended")
    return ("info", _("Under way")) if wanted.begun else ("info", _("To come"))


def _number(given: str) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 6):
        raise InvalidInput(_("Choose one of the options."), place="baseline")
    return int(given)
