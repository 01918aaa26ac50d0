"""The forms of places, which all look alike: a title, some fields, one button. A form is a list of fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.forms import Entered
from api.rendering import render
from core.i18n import gettext as _

Crumbs = Sequence[tuple[str, str]]
PLACES = "/rooms/places"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. `kind` is a macro of `macros.html`; `options` are those of choices."""

    kind: str
    name: str
    label: str
    hint: str = ""
    options: Sequence[tuple[Any, ...]] = ()
    optional: bool = False
    width: str = ""
    digits: bool = False
    most: int = 200


@dataclass(frozen=True, slots=True)
class Form:
    """What a form's page shows beside its fields. `version` is that of what is changed; `danger` asks in red.

    `more` are the addresses of further steps on the same thing.
    """

    title: str
    above: Crumbs
    action: str
    back: str
    button: str
    lead: str = ""
    version: int | None = None
    danger: bool = False
    more: Crumbs = ()


def form_page(request: Request, form: Form, fields: Sequence[Field], entered: Entered) -> Response:
    """The page of a form, with what was entered and what is wrong with it."""
    return render(request, "rooms/places_form.html", form=form, fields=fields, entered=entered)


def parts(name: str, day: date | None) -> dict[str, str]:
    """A date field to start with: its day, month and year."""
    if day is None:
        return {}
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def above(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The pages above one of places."""
    return [(_("Places"), PLACES), *more]


def ask_to_take_away(request: Request, name: str, condition: str, *, address: str, back: str, version: int) -> Response:
    """Ask before a place goes that has an address of its own; `condition` says when it can."""
    return render(
        request,
        "confirm.html",
        title=_("Take away %(name)s?", name=name),
        consequences=[condition],
        button=_("Take away"),
        action=f"{address}/delete",
        back=back,
        fields={"version": version},
    )
