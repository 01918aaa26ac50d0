"""Forms of the money pages: a title, fields one below the other, a button. What every such form checks alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from fastapi import Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api import money_words
from api.forms import DATE_PARTS, Entered
from api.pages.campus.asked import entries, past_day_in
from api.rendering import render
from campus import amounts
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy, today

Kind = Literal["text", "amount", "date", "select", "year"]
Option = tuple[str, object]


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as the template shows it."""

    kind: Kind
    name: str
    label: str
    hint: object = ""
    options: Sequence[Option] = ()
    optional: bool = False
    maxlength: int = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A page with one form. `version` is what its sender has seen, `said` stands above the fields."""

    title: str
    action: str
    back: str
    above: Sequence[Option]
    fields: Sequence[FormField]
    button: str
    said: Sequence[str] = ()
    version: int = 0
    danger: bool = False
    start: Mapping[str, str] = field(default_factory=dict)


class Reason(BaseModel):
    """Why something is done."""

    reason: str = Field(max_length=500)

    errors: ClassVar = {"reason": lazy("Enter a reason of at most 500 characters.")}
    labels: ClassVar = {"reason": lazy("The reason")}


LABELS = {
    "amount": lazy("The amount"),
    "day": lazy("The day"),
    "reason": lazy("The reason"),
    "name": lazy("The name"),
    "what": lazy("What it is for"),
    "year": lazy("The year:"),
    "package": lazy("The works package"),
    "source": lazy("The funding source"),
    "cost_type": lazy("The kind of costs"),
}


def show(request: Request, form: Form, entered: Entered | None = None) -> Response:
    """The form as it was entered, or empty but for what it starts with."""
    return render(request, "works/money_form.html", form=form, entered=entered or Entered(start=form.start))


def cents(typed: str, place: str = "amount") -> int:
    """The cents of an amount in a form. Raises `InvalidInput`."""
    return amounts.cents(typed, place)


def must_be(present: int, entered: Entered) -> None:
    """Raises `Conflict` when it is no longer what the form was about."""
    if present != entered.version():
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))


def amount_field(label: str = "", name: str = "amount") -> FormField:
    """An amount in euros."""
    return FormField("amount", name, label or _("Amount, euros"), money_words.AMOUNT_HINT)


def day_field(label: str = "", name: str = "day") -> FormField:
    """A day, which begins as today."""
    return FormField("date", name, label or _("Day"))


def reason_field(*, optional: bool = False) -> FormField:
    """Why."""
    return FormField("text", "reason", _("Reason"), optional=optional, maxlength=500)


def cost_type_field() -> FormField:
    """One of the kinds of costs."""
    return FormField("select", "cost_type", _("Kind of costs"), options=list(money_words.COST_TYPES.items()))


def start_day(name: str = "day", day: date | None = None) -> dict[str, str]:
    """What a date begins with: today."""
    found = day or today()
    return {f"{name}-{part}": str(getattr(found, part)) for part in DATE_PARTS}


def start_amount(cents: int, name: str = "amount") -> dict[str, str]:
    """What an amount begins with."""
    return {name: amounts.entry(cents)}


def asked_day(request: Request) -> tuple[date | None, Entered]:
    """The past day whose knowledge a page is asked for, None for now; and the filter with what is wrong with it."""
    params = request.query_params
    filters = Entered(start=dict(params))
    try:
        day = past_day_in(params)
    except InvalidInput as error:
        filters.errors["as_of"] = error.message
        return None, filters
    return day, Entered(start=dict(params) | entries("as_of", day))
