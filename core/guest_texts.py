"""Texts of the pages for guests, in more languages than staff have: small catalogs of a domain of their own.

A text is marked by `say("…")`, in code and in templates. The language is that of the page, chosen by the guest.
"""

import gettext as catalogs
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "guest"
FOLDER = Path(__file__).parent / "locale"
SOURCE = "en"
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "it": "Italiano", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})

_spoken: ContextVar[str] = ContextVar("spoken to a guest", default=SOURCE)


def language() -> str:
    """Language of the present page for a guest, one of `LANGUAGES`."""
    return _spoken.get()


def direction(chosen: str) -> str:
    """How the language is written, for the attribute `dir`: `ltr` or `rtl`."""
    return "rtl" if chosen in RIGHT_TO_LEFT else "ltr"


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Everything inside speaks `chosen` to guests; a language that is not offered means English."""
    token = _spoken.set(chosen if chosen in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(token)


def say(message: str, **values: object) -> str:
    """`message` in the guest's language, its `%(name)s` filled from `values`."""
    text = _catalog(language()).gettext(message)
    return text % values if values else text


@cache
def _catalog(chosen: str) -> catalogs.NullTranslations:
    return catalogs.translation(DOMAIN, FOLDER, [chosen], fallback=True)
