"""Add an indicator, say anew what it is, report it no more. What it was before is kept."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import results_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash, Undo
from api.forms import DATE_PARTS, Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.results.indicator import LIST, ONE
from api.rendering import redirect, render
from campus.renovation import queries as renovation
from campus.results import actions, rules
from campus.results.actions import WantedIndicator
from campus.results.models import IndicatorVersion
from campus.results.rules import Direction, Point
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

router = page_router()
LEAST_ROWS = 3  # of goals; one more than there are


class IndicatorForm(BaseModel):
    """What stands in the form, beside the goals."""

    name: str
    unit: str
    direction: Direction
    code: str = ""
    about: str = ""
    verification: str = ""
    baseline: str = ""
    baseline_on: date | None = None
    measure: str = ""
    measured_of: str = ""
    reference: str = ""
    reason: str = ""

    errors: ClassVar = {"name": lazy("Enter a name of at most 160 characters.")}
    labels: ClassVar = {
        "name": lazy("The name"),
        "code": lazy("The id"),
        "about": lazy("The subject"),
        "unit": lazy("The unit"),
        "verification": lazy("The source"),
        "baseline": lazy("The baseline"),
        "measure": lazy("How it is measured"),
        "measured_of": lazy("The works"),
        "goals": lazy("The goals"),
        "reason": lazy("The reason"),
    }


@router.get(f"{LIST}/add")
def new_indicator(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(start={"direction": "higher", "unit": "share"}), None, "")


@router.post(f"{LIST}/add")
def add_indicator(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, None, "")):
        if entered.value("step") == "rows":
            return _page(request, session, entered, None, "")
        wanted = _wanted(entered, entered.check(IndicatorForm))
        made = actions.add_indicator(session, wanted, actor(person))
    slug = actions.slug_of(session, made)
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is added.", name=made.name)))


@router.get(f"{ONE}/edit")
def edit_indicator(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The indicator as it is."""
    version = actions.current(session, slug)
    return _page(request, session, Entered(start=_start(version)), version, slug)


@router.post(f"{ONE}/edit")
def change_indicator(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save it as entered, if nobody changed it meanwhile."""
    version = actions.current(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, version, slug)):
        if entered.value("step") == "rows":
            return _page(request, session, entered, version, slug)
        if version.id != entered.version():
            raise Conflict(_("Somebody changed this indicator meanwhile: look at it again before you change it."))
        given = entered.check(IndicatorForm)
        wanted = _wanted(entered, given, version.position)
        actions.change_indicator(session, version, wanted, actor(person), given.reason)
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is saved.", name=given.name)))


@router.get(f"{ONE}/drop")
def ask_drop(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """What will happen."""
    version = actions.current(session, slug)
    return render(
        request,
        "confirm.html",
        title=_("Report %(name)s no more?", name=words.name(version)),
        consequences=[
            _("It leaves the list, the board report and the files, from now on."),
            _("Reports as known on a past day still have it, and its values are kept. You can undo this."),
        ],
        button=_("Report it no more"),
        action=f"{LIST}/{slug}/drop",
        back=f"{LIST}/{slug}",
    )


@router.post(f"{ONE}/drop")
def drop_indicator(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """Report it no more."""
    version = actions.current(session, slug)
    actions.drop(session, version, actor(person))
    undo = Undo(f"{LIST}/{slug}/restore", _("Undo"))
    return redirect(request, "/results", Flash(_("%(name)s is reported no more.", name=words.name(version)), undo=undo))


@router.post(f"{ONE}/restore")
def restore_indicator(request: Request, slug: str, person: Keeper, session: Writing) -> Response:
    """Report it again."""
    version = actions.current(session, slug)
    actions.drop(session, version, actor(person), back=True)
    return redirect(request, f"{LIST}/{slug}", Flash(_("%(name)s is reported again.", name=words.name(version))))


def _wanted(entered: Entered, given: IndicatorForm, position: int = 0) -> WantedIndicator:
    baseline = None
    if given.baseline:
        if given.baseline_on is None:
            raise InvalidInput(_("Enter the day of the baseline."), place="baseline_on")
        baseline = Point(given.baseline_on, rules.number(given.baseline, given.unit, "baseline"))
    return WantedIndicator(
        name=given.name,
        unit=given.unit,
        direction=given.direction,
        code=given.code,
        about=given.about,
        verification=given.verification,
        baseline=baseline,
        goals=_goals(entered, given.unit),
        measure=given.measure,
        measured_of=given.measured_of if given.measure in (rules.PROGRESS, rules.SLIP) else "",
        reference=bool(given.reference),
        position=position,
    )


def _goals(entered: Entered, unit: str) -> list[tuple[Point, str]]:
    found = []
    for number in range(_rows(entered)):
        name = f"goal-{number}"
        day, month, year = (entered.value(f"{name}-{part}").strip() for part in DATE_PARTS)
        value = entered.value(f"{name}-value").strip()
        if not (day or month or year or value):
            continue
        try:
            on = date.fromisoformat(f"{year}-{month:0>2}-{day:0>2}")
        except ValueError:
            raise InvalidInput(_("Enter a real date, such as 27 3 2027."), place=name) from None
        point = Point(on, rules.number(value, unit, f"{name}-value"))
        found.append((point, entered.value(f"{name}-kind") or rules.TARGET))
    return sorted(found, key=lambda one: one[0].day)


def _rows(entered: Entered) -> int:
    given = entered.value("rows")
    asked = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 0
    more = 2 if entered.value("step") == "rows" else 0
    return min(max(asked, LEAST_ROWS) + more, rules.MOST_GOALS)


def _start(version: IndicatorVersion) -> dict[str, str]:
    start = {name: str(getattr(version, name)) for name in ("name", "code", "about", "unit", "verification")}
    start |= {name: str(getattr(version, name)) for name in ("direction", "measure", "measured_of")}
    start |= {"baseline": words.entry(version.baseline, version.unit), "version": str(version.id)}
    start |= {"reference": "1" if version.reference else "", "rows": str(len(version.goals) + 1)}
    if version.baseline_on:
        start |= _date("baseline_on", version.baseline_on)
    for number, goal in enumerate(version.goals):
        start |= _date(f"goal-{number}", goal.day) | {f"goal-{number}-kind": goal.kind}
        start[f"goal-{number}-value"] = words.entry(goal.value, version.unit)
    return start


def _date(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in DATE_PARTS}


def _page(
    request: Request, session: Session, entered: Entered, version: IndicatorVersion | None, slug: str
) -> Response:
    title = _("Change %(name)s", name=words.name(version)) if version else _("Add an indicator")
    back = f"{LIST}/{slug}" if version else "/results"
    return render(
        request,
        "results/indicator_form.html",
        title=title,
        version=version,
        found_name=words.name(version) if version else "",
        action=f"{back}/edit" if version else f"{LIST}/add",
        back=back,
        entered=entered,
        rows=_rows(entered),
        units=list(words.UNITS.items()),
        directions=[(one.value, said) for one, said in words.DIRECTIONS.items()],
        kinds=list(reversed(words.KINDS.items())),
        measures=list(words.MEASURES.items()),
        works=[("", _("All works")), *((one.slug, one.name) for one in renovation.packages(session))],
    )
