"""Enter what is reported of an indicator on a day. Values are appended: a later one of the same day counts instead."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api import results_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus.access import Keeper
from api.pages.campus.asked import entries
from api.pages.results.indicator import LIST, ONE
from api.rendering import redirect, render
from campus.results import actions, rules
from campus.results.actions import Reported
from campus.results.models import IndicatorVersion
from core.i18n import gettext as _
from core.i18n import lazy, today

router = page_router()


class ValueForm(BaseModel):
    """What stands in the form."""

    day: date
    value: str = ""
    n: int | None = Field(None, ge=0, le=10**9)
    note: str = ""
    url: str = ""

    errors: ClassVar = {"n": lazy("Enter a whole number, such as 12.")}
    labels: ClassVar = {
        "day": lazy("The day"),
        "value": lazy("The value"),
        "note": lazy("The note"),
        "url": lazy("The evidence"),
    }


@router.get(f"{ONE}/values/add")
def new_value(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """An empty form of today."""
    return _page(request, Entered(start=entries("day", today())), actions.current(session, slug), slug)


@router.post(f"{ONE}/values/add")
def add_value(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Append it."""
    version = actions.current(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, entered, version, slug)):
        given = entered.check(ValueForm)
        value = rules.number(given.value, version.unit) if given.value else None
        reported = Reported(day=given.day, value=value, n=given.n, note=given.note, url=given.url)
        actions.report(session, version, reported, actor(person))
    return redirect(request, f"{LIST}/{slug}", Flash(_("The value is entered.")))


def _page(request: Request, entered: Entered, version: IndicatorVersion, slug: str) -> Response:
    return render(
        request,
        "results/value_form.html",
        entered=entered,
        version=version,
        found_name=words.name(version),
        unit=words.UNITS[version.unit],
        back=f"{LIST}/{slug}",
    )
