"""The targets of the years with their sources: what was entered when and by whom, and a form for keepers."""

from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper, Reader, keeps
from api.rendering import redirect, render
from campus.forecast import targets
from campus.forecast.targets import PUBLISHED
from core.errors import Conflict
from core.i18n import format_number, lazy, today
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms/targets"
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearInPath = Annotated[int, Path(ge=2000, le=2100)]


class TargetForm(BaseModel):
    """A year's target; `version` is the one that was looked at, 0 where nobody had entered one."""

    room_nights: Annotated[int, Field(ge=1, le=targets.MOST)]
    source: str
    reason: str = ""

    errors: ClassVar = {
        "room_nights": lazy("Enter a whole number from 1 to 1,000,000."),
        "source": lazy("Enter where the target comes from, in at most 200 characters."),
    }
    labels: ClassVar = {
        "room_nights": lazy("The target"),
        "source": lazy("The source"),
        "reason": lazy("The reason"),
    }


@router.get(PAGE)
def year_targets(request: Request, person: Reader, session: Reading, year: Year = None) -> Response:
    """One year's target with its history, and the other years."""
    year = year or today().year
    now = targets.target(session, year)
    start = {"room_nights": str(now.room_nights if now else PUBLISHED), "source": now.source if now else ""}
    start["version"] = str(now.id if now else 0)
    return _page(request, session, year, Entered(start=start), keeper=keeps(person))


@router.post(f"{PAGE}/{{year}}")
def set_target(request: Request, year: YearInPath, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Enter a year's target, or change it."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, year, entered, keeper=True)):
        form = entered.check(TargetForm)
        now = targets.target(session, year)
        if entered.version() != (now.id if now else 0):
            raise Conflict(_("Somebody changed this target meanwhile. Look at it below, then save again."))
        targets.set_target(session, year, form.room_nights, form.source, actor(person), form.reason)
    said = _("The target of %(year)s is %(n)s room-nights.", year=year, n=format_number(form.room_nights))
    return redirect(request, f"{PAGE}?year={year}", Flash(said))


def _page(request: Request, session: Session, year: int, entered: Entered, *, keeper: bool) -> Response:
    now = targets.target(session, year)
    names = actors.names(session)
    return render(
        request,
        "rooms/targets.html",
        year=year,
        now=now,
        version=now.id if now else 0,
        published=PUBLISHED,
        entered=entered,
        keeper=keeper,
        history=[(one, names.get(one.recorded_by, one.recorded_by)) for one in targets.versions(session, year)],
        others=[one for one in targets.targets(session) if one.year != year],
        years=[(one, str(one)) for one in range(min(2022, year), max(today().year + 3, year) + 1)],
        choice=Entered(start={"year": str(year)}),
    )
