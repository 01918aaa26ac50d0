"""What clients send: a JSON object with known names only, and text that every database can hold."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from core.i18n import gettext as _


class Given(BaseModel):
    """Base of every body that a client sends."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, given: Any) -> Any:
        if _holds_what_no_text_may(given):
            raise ValueError(_("The request holds a character that no text may hold."))
        return given


class Nothing(Given):
    """An empty object, which may also be left out: a step that has no choices refuses those it is given."""


def _holds_what_no_text_may(given: Any) -> bool:
    if isinstance(given, str):
        return "\x00" in given or any("\ud800" <= one <= "\udfff" for one in given)
    if isinstance(given, dict):
        return any(_holds_what_no_text_may(one) for pair in given.items() for one in pair)
    return isinstance(given, list) and any(_holds_what_no_text_may(one) for one in given)
