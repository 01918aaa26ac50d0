"""Readings entered, corrected and withdrawn by hand. A correction is a new version with its reason."""

from datetime import date
from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import energy_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted
from api.pages import page_router
from api.pages.campus import places_form
from api.pages.campus.access import Keeper
from api.pages.campus.places_form import Field as FormField
from api.pages.campus.places_form import Form, form_page
from api.pages.works.energy import PAGE
from api.pages.works.energy_meter import ONE, page
from api.paging import WantedPage
from api.rendering import redirect, render
from campus.energy import actions, consumption, queries, rules
from campus.energy.consumption import Shown
from campus.energy.models import MeterReading, MeterVersion
from core.errors import Conflict
from core.i18n import format_date, format_entry, lazy
from core.i18n import gettext as _

router = page_router()
Day = Annotated[date, Path(description="Such as 2026-01-31.")]
READING = f"{ONE}/readings/{{day}}"


class ReadingForm(BaseModel):
    """What a meter showed on a day."""

    since: date | None = None
    day: date
    value: str
    kind: str = ""
    new_value: str = ""

    errors: ClassVar = {"value": lazy("Enter what the meter shows, such as 1234.5.")}
    labels: ClassVar = {
        "since": lazy("The first day"),
        "day": lazy("The day"),
        "value": lazy("The reading"),
        "new_value": lazy("The new counter"),
        "reason": lazy("The reason"),
    }

    def shown(self) -> Shown:
        """As the books take it."""
        new_value = rules.decimal(self.new_value, 2, "new_value") if self.new_value else None
        return Shown(self.day, rules.decimal(self.value, 2, "value"), self.since, self.kind, new_value)


class CorrectionForm(ReadingForm):
    """The same with why."""

    reason: str = Field(max_length=rules.MOST_TEXT)

    errors: ClassVar = ReadingForm.errors | {"reason": lazy("Say why, in at most 500 characters.")}


class WithdrawalForm(BaseModel):
    """Why a reading shall count no more."""

    reason: str = Field(max_length=rules.MOST_TEXT)

    errors: ClassVar = {"reason": lazy("Say why, in at most 500 characters.")}


@router.post(f"{ONE}/readings")
def enter_reading(
    request: Request, slug: str, person: Keeper, session: Writing, posted: Posted, paging: WantedPage
) -> Response:
    """Enter what the meter showed on a day that has no reading yet."""
    entered = Entered(posted)
    with entered.shown_again(lambda: page(request, session, slug, person, entered, paging)):
        shown = entered.check(ReadingForm).shown()
        meter = queries.meter(session, slug)
        if any(one.day == shown.day for one in queries.readings(session, meter.meter_id)):
            raise Conflict(_("There is a reading of this day already: correct it in the list."))
        actions.enter_reading(session, meter, shown, actor(person))
    return redirect(request, f"{PAGE}/{slug}", Flash(_said(session, meter, shown)))


@router.get(READING)
def edit_reading(request: Request, slug: str, day: Day, _person: Keeper, session: Reading) -> Response:
    """A reading as it is, to be corrected."""
    meter = queries.meter(session, slug)
    found = queries.reading(session, meter.meter_id, day)
    return _page(request, slug, meter, found, Entered(start=_start(found)))


@router.post(READING)
def correct_reading(
    request: Request, slug: str, day: Day, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Correct a reading, if nobody changed it meanwhile."""
    meter = queries.meter(session, slug)
    found = queries.reading(session, meter.meter_id, day)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, slug, meter, found, entered)):
        form = entered.check(CorrectionForm)
        _must_be(found, entered)
        if form.day != day:
            raise Conflict(_("The day stays: withdraw this reading and enter another."))
        actions.enter_reading(session, meter, form.shown(), actor(person), form.reason)
    return redirect(request, f"{PAGE}/{slug}", Flash(_said(session, meter, form.shown())))


@router.get(f"{READING}/withdraw")
def ask_to_withdraw(request: Request, slug: str, day: Day, _person: Keeper, session: Reading) -> Response:
    """Ask why a reading shall count no more."""
    meter = queries.meter(session, slug)
    found = queries.reading(session, meter.meter_id, day)
    return _withdrawal(request, slug, meter, found, Entered(start={"version": str(found.id)}))


@router.post(f"{READING}/withdraw")
def withdraw_reading(
    request: Request, slug: str, day: Day, person: Keeper, session: Writing, posted: Posted
) -> Response:
    """Withdraw a reading: it stays in what was known before."""
    meter = queries.meter(session, slug)
    found = queries.reading(session, meter.meter_id, day)
    entered = Entered(posted)
    with entered.shown_again(lambda: _withdrawal(request, slug, meter, found, entered)):
        form = entered.check(WithdrawalForm)
        _must_be(found, entered)
        actions.withdraw_reading(session, meter, day, actor(person), form.reason)
    said = _("The reading of %(day)s counts no more.", day=format_date(day))
    return redirect(request, f"{PAGE}/{slug}", Flash(said))


def _must_be(found: MeterReading, entered: Entered) -> None:
    if found.id != entered.version():
        raise Conflict(_("Somebody changed this reading meanwhile: look at it again."))


def _said(session: Session, meter: MeterVersion, shown: Shown) -> str:
    """That it is saved, and whether what was used since is implausible."""
    said = _("The reading of %(day)s is saved.", day=format_date(shown.day))
    readings = [queries.shown(one) for one in queries.readings(session, meter.meter_id)]
    odd = [
        one
        for one in consumption.jumps(consumption.stretches(readings, meter.digits))
        if shown.day in (one.days.first, one.days.until) or shown.day in one.days
    ]
    return f"{said} {words.jump(odd[0], meter)}" if odd else said


def _start(found: MeterReading) -> dict[str, str]:
    start = {"value": format_entry(found.value / 100), "kind": found.kind, "version": str(found.id)}
    start["new_value"] = "" if found.new_value is None else format_entry(found.new_value / 100)
    return start | places_form.parts("day", found.day) | places_form.parts("since", found.since)


def _page(request: Request, slug: str, meter: MeterVersion, found: MeterReading, entered: Entered) -> Response:
    return render(
        request,
        "works/energy_reading.html",
        slug=slug,
        meter=meter,
        found=found,
        entered=entered,
        words=words,
        reading_kinds=list(words.READING_KINDS.items()),
    )


def _withdrawal(request: Request, slug: str, meter: MeterVersion, found: MeterReading, entered: Entered) -> Response:
    form = Form(
        title=_("Withdraw the reading of %(day)s?", day=format_date(found.day)),
        above=((_("Energy"), PAGE), (meter.name, f"{PAGE}/{slug}")),
        action=f"{PAGE}/{slug}/readings/{found.day}/withdraw",
        back=f"{PAGE}/{slug}",
        button=_("Withdraw"),
        lead=_("It counts no more in months and savings; reports of the past still know it."),
        version=found.id,
        danger=True,
    )
    return form_page(request, form, [FormField("text", "reason", _("Reason"), most=rules.MOST_TEXT)], entered)
