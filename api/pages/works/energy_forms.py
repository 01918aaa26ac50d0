"""A meter added, and what is said of it changed."""

from datetime import date
from typing import ClassVar

from fastapi import Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import energy_words as words
from api.dependencies import Reading, Writing, actor
from api.flash import Flash
from api.forms import Entered, Posted, RowId
from api.pages import page_router
from api.pages.campus import places_form
from api.pages.campus.access import Keeper
from api.pages.campus.places_form import Field as FormField
from api.pages.campus.places_form import Form, form_page
from api.pages.works.energy import PAGE, pavilions
from api.pages.works.energy_meter import ONE
from api.rendering import redirect
from campus.energy import actions, queries, rules
from campus.energy.actions import WantedMeter
from campus.energy.models import Meter, MeterVersion
from core.errors import Conflict
from core.i18n import format_entry, lazy
from core.i18n import gettext as _

router = page_router()


class MeterForm(BaseModel):
    """What stands in the form."""

    name: str
    kind: str
    pavilion: RowId | None = None
    factor: str = ""
    digits: int | None = None
    first: date
    until: date | None = None
    reason: str = Field("", max_length=rules.MOST_TEXT)

    errors: ClassVar = {
        "name": lazy("Enter a name of at most 120 characters."),
        "kind": lazy("Choose what it measures."),
        "digits": lazy("Enter a whole number from 3 to 9, or nothing."),
    }
    labels: ClassVar = {
        "name": lazy("The name"),
        "factor": lazy("The calorific value"),
        "kwh_factor": lazy("The calorific value"),
        "digits": lazy("The number of digits"),
        "first": lazy("The first day"),
        "until": lazy("The last day"),
        "reason": lazy("The reason"),
        "value": lazy("A reading"),
    }

    def wanted(self) -> WantedMeter:
        """As the books take it. A meter of energy counts kWh unless its calorific value is given."""
        factor = rules.decimal(self.factor, 4, "factor") if self.factor else rules.KWH
        return WantedMeter(
            name=self.name,
            kind=self.kind,
            pavilion_id=self.pavilion,
            kwh_factor=0 if self.kind == "water" else factor,
            digits=self.digits,
            first=self.first,
            until=self.until,
        )


@router.get(f"{PAGE}/new")
def new_meter(request: Request, _person: Keeper, session: Reading) -> Response:
    """An empty form."""
    return _page(request, session, Entered(start={"kind": "electricity"}), None, "")


@router.post(f"{PAGE}/new")
def add_meter(request: Request, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Add the meter."""
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, None, "")):
        made = actions.add_meter(session, entered.check(MeterForm).wanted(), actor(person))
        slug = session.get_one(Meter, made.meter_id).slug
    return redirect(request, f"{PAGE}/{slug}", Flash(_("%(name)s is added.", name=made.name)))


@router.get(f"{ONE}/edit")
def edit_meter(request: Request, slug: str, _person: Keeper, session: Reading) -> Response:
    """The meter as it is."""
    meter = queries.meter(session, slug)
    return _page(request, session, Entered(start=_start(meter)), meter, slug)


@router.post(f"{ONE}/edit")
def change_meter(request: Request, slug: str, person: Keeper, session: Writing, posted: Posted) -> Response:
    """Save what is said of the meter, if nobody changed it meanwhile."""
    meter = queries.meter(session, slug)
    entered = Entered(posted)
    with entered.shown_again(lambda: _page(request, session, entered, meter, slug)):
        form = entered.check(MeterForm)
        if entered.version() != meter.id:
            raise Conflict(_("Somebody changed this meter meanwhile: look at it again."))
        actions.change_meter(session, slug, form.wanted(), actor(person), form.reason)
    return redirect(request, f"{PAGE}/{slug}", Flash(_("%(name)s is saved.", name=form.name)))


def _start(meter: MeterVersion) -> dict[str, str]:
    start = {"name": meter.name, "kind": meter.kind, "pavilion": str(meter.pavilion_id or "")}
    start |= {"digits": str(meter.digits or ""), "version": str(meter.id)}
    start["factor"] = "" if meter.kwh_factor in (0, rules.KWH) else format_entry(meter.kwh_factor / rules.KWH)
    return start | places_form.parts("first", meter.first) | places_form.parts("until", meter.until)


def _page(request: Request, session: Session, entered: Entered, meter: MeterVersion | None, slug: str) -> Response:
    here = f"{PAGE}/{slug}" if meter else PAGE
    form = Form(
        title=_("Change %(name)s", name=meter.name) if meter else _("Add a meter"),
        above=[(_("Energy"), PAGE), *([(meter.name, here)] if meter else [])],
        action=f"{here}/edit" if meter else f"{PAGE}/new",
        back=here,
        button=_("Save") if meter else _("Add the meter"),
        version=meter.id if meter else None,
    )
    places = [("", _("Whole campus")), *((str(key), name) for key, name in pavilions(session).items())]
    kinds = [(value, str(title)) for value, title in words.KINDS.items()]
    fields = [
        FormField("text", "name", _("Name"), _("Such as: Africa 10 · Heat"), most=120),
        FormField("select", "kind", _("Measures"), options=kinds),
        FormField("select", "pavilion", _("Where"), options=places),
        FormField(
            "text",
            "factor",
            _("Calorific value, kWh a m³"),
            _("Only of a meter that shows m³ of gas: what the supplier's bill says, such as 10.69."),
            optional=True,
            width="4",
        ),
        FormField(
            "text",
            "digits",
            _("Digits of the counter"),
            _("The whole digits before it begins at 0 again; empty where consumption is entered period by period."),
            optional=True,
            width="2",
            digits=True,
        ),
        FormField("date", "first", _("There since")),
        FormField("date", "until", _("There until"), optional=True),
    ]
    if meter:
        fields.append(FormField("text", "reason", _("Reason for the change"), most=rules.MOST_TEXT))
    return form_page(request, form, fields, entered)
