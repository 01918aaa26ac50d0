"""What clients send: a JSON object with known names only, and text that every database can hold.

Nothing is read as what it is not: true is no number, 5 is no day (in seconds since 1970).
"""

import re
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator

from core.i18n import gettext as _

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Given(BaseModel):
    """Base of every body that a client sends."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, given: Any) -> Any:
        if _holds_what_no_text_may(given):
            raise ValueError(_("The request holds a character that no text may hold."))
        return given

    @field_validator("*", mode="before")
    @classmethod
    def _as_it_is(cls, given: Any, info: ValidationInfo) -> Any:
        kinds = _kinds(cls.model_fields[str(info.field_name)].annotation)
        if date in kinds and not isinstance(given, date | None) and not DAY.fullmatch(str(given)):
            raise ValueError(_("must be a date such as 2026-01-31"))
        if int in kinds and str not in kinds and isinstance(given, bool | str):
            raise ValueError(_("must be a whole number"))
        return given


class Nothing(Given):
    """An empty object, which may also be left out: a step that has no choices refuses those it is given."""


def _kinds(annotation: Any) -> set[Any]:
    """The plain types that a field may have itself; what stands in lists is left to pydantic."""
    if type(annotation) is type:
        return {annotation}
    parts = get_args(annotation) if get_origin(annotation) in (Annotated, Union, UnionType) else ()
    return {one for some in parts for one in _kinds(some)}


def _holds_what_no_text_may(given: Any) -> bool:
    if isinstance(given, str):
        return "\x00" in given or any("\ud800" <= one <= "\udfff" for one in given)
    if isinstance(given, dict):
        return any(_holds_what_no_text_may(one) for pair in given.items() for one in pair)
    return isinstance(given, list) and any(_holds_what_no_text_may(one) for one in given)
