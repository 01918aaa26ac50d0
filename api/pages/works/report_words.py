"""Words and steps that the report on one milestone and on a whole package share."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.forms import Entered
from api.pages.works import plan_view as view
from api.rendering import render
from campus.renovation import reporting
from campus.renovation.models import MilestoneReport, WorksPackage
from campus.renovation.network import Key, Span, Wanted
from campus.renovation.queries import Plan
from campus.renovation.reporting import Preview
from core.i18n import format_list, lazy, ngettext
from core.i18n import gettext as _

STATES = {"planned": lazy("Not begun"), "begun": lazy("Has begun"), "ended": lazy("Has ended")}
CHOICES = (
    ("planned", lazy("Not begun"), lazy("Both dates are forecasts.")),
    ("begun", lazy("Has begun"), lazy("The start is a fact, the finish a forecast.")),
    ("ended", lazy("Has ended"), lazy("Both dates are facts.")),
)


def wanted(state: str, span: Span) -> Wanted:
    """A report in the words of the form."""
    return Wanted(span, begun=state != "planned", ended=state == "ended")


def state_of(report: MilestoneReport | Wanted) -> str:
    """How far a report says the milestone is: a key of `STATES`."""
    return "ended" if report.ended else "begun" if report.begun else "planned"


def driver_name(plan: Plan, key: Key) -> str:
    """The milestone that pushes this one away from its own dates; empty where none does."""
    driver = plan.placed[key].driver
    return plan.milestones[driver].name if driver is not None else ""


def preview_page(
    request: Request, session: Session, package: WorksPackage, seen: Preview, entered: Entered, about: tuple[str, str]
) -> Response:
    """What the reports would move, before they are stored; `about` has the form's address and what it is about."""
    action, title = about
    plan = seen.plan
    return render(
        request,
        "works/report_preview.html",
        **view.frame(request, package),
        title=title,
        action=action,
        entries=entered.kept(("csrf", "step", "version")),
        version=reporting.newest(session),
        said=_said(seen, package),
        moves=seen.moves,
        milestones=plan.milestones,
        signed=view.signed,
        superseded=format_list(plan.milestones[key].name for key in seen.superseded),
        elsewhere=[one for one in seen.moves if plan.package_of[one.key] != package.id],
    )


def stored_said(seen: Preview, reports: int) -> str:
    """What was done, after it was."""
    text = ngettext("%(n)s report is stored.", "%(n)s reports are stored.", reports)
    return f"{text} {_moved(len(seen.moves))}"


def _said(seen: Preview, package: WorksPackage) -> str:
    ends = [one.days for one in seen.moves if one.days]
    if not seen.moves:
        return _moved(0)
    most = max(ends, key=abs, default=0)
    text = _moved(len(seen.moves))
    if not most:
        return text
    if most > 0:
        farthest = ngettext("The farthest by %(n)s day later.", "The farthest by %(n)s days later.", most)
    else:
        farthest = ngettext("The farthest by %(n)s day earlier.", "The farthest by %(n)s days earlier.", -most)
    return f"{text} {farthest}"


def _moved(milestones: int) -> str:
    if not milestones:
        return _("No milestone moves.")
    return ngettext("%(n)s milestone moves.", "%(n)s milestones move.", milestones)
