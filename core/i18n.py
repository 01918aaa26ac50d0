"""The visitor's language: translated texts, and dates and numbers as that language writes them.

English is the source and needs no catalog. A language whose catalog lacks a text, or has none, shows the English one.
The catalogs in `core/locale` are made by `python -m core.translations`.
"""

import gettext as catalogs
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, lists, numbers, units
from babel.support import LazyProxy

from core import clock
from core.settings import settings

DOMAIN = "campus"
FOLDER = Path(__file__).parent / "locale"
SOURCE = "en"
LANGUAGES = {"en": "English", "fr": "Français"}  # what a visitor may choose, each in its own words
LOCALES = {"en": "en_GB", "fr": "fr_FR"}  # how each writes dates and numbers

Length = Literal["full", "long", "medium", "short"]


@dataclass
class _Spoken:
    """The language of a request or job: one object, which the request's threads share."""

    language: str


_spoken: ContextVar[_Spoken | None] = ContextVar("spoken", default=None)


def language() -> str:
    """Language of the present request or job, one of `LANGUAGES`."""
    spoken = _spoken.get()
    return spoken.language if spoken else SOURCE


@contextmanager
def using(chosen: str) -> Iterator[None]:
    """Everything inside speaks `chosen`; a language that is not offered means English."""
    token = _spoken.set(_Spoken(chosen if chosen in LANGUAGES else SOURCE))
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(chosen: str) -> None:
    """Change the language of the `using` around this: once it is known who asks. Nothing changes for another one."""
    spoken = _spoken.get()
    if spoken and chosen in LANGUAGES:
        spoken.language = chosen


def negotiate(accept_language: str, chosen: str = "") -> str:
    """The language to speak: the person's own choice, else the best of an Accept-Language header, else English.

    Quality values as in RFC 9110, section 12.5.4. The header comes from outside: what cannot be read is passed over.
    """
    if chosen in LANGUAGES:
        return chosen
    return best_of(accept_language, LANGUAGES) or SOURCE


def best_of(accept_language: str, offered: Collection[str]) -> str:
    """Of the languages that are offered, the one that an Accept-Language header likes best; "" for none of them."""
    wishes = [_wish(part) for part in accept_language[:500].split(",")]
    possible = [(quality, name) for quality, name in wishes if name in offered and quality > 0]
    return max(possible, key=lambda wish: wish[0])[1] if possible else ""


def _wish(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    name = tag.strip().lower().split("-")[0]
    key, _, quality = parameter.strip().partition("=")
    try:
        return (float(quality) if key.strip() == "q" else 1.0), name
    except ValueError:
        return 0.0, name


@cache
def _catalog(chosen: str) -> catalogs.NullTranslations:
    return catalogs.translation(DOMAIN, FOLDER, [chosen], fallback=True)


def gettext(message: str, **values: object) -> str:
    """`message` in the visitor's language, its `%(name)s` filled from `values`."""
    return _filled(_catalog(language()).gettext(message), values)


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """The form for `n` in the visitor's language; `%(n)s` is filled as well, as the language writes numbers."""
    return _filled(_catalog(language()).ngettext(singular, plural, n), {"n": format_number(n), **values})


def unfilled_ngettext(singular: str, plural: str, n: int) -> str:
    """As `ngettext`, for templates, which fill in the values themselves."""
    return _catalog(language()).ngettext(singular, plural, n)


def pgettext(context: str, message: str, **values: object) -> str:
    """As `gettext`, for a text that means different things in different places, told apart by `context`."""
    return _filled(_catalog(language()).pgettext(context, message), values)


def npgettext(context: str, singular: str, plural: str, n: int, **values: object) -> str:
    """As `ngettext`, with the `context` of `pgettext`."""
    return _filled(_catalog(language()).npgettext(context, singular, plural, n), {"n": format_number(n), **values})


def lazy(message: str, **values: object) -> LazyProxy:
    """As `gettext`, translated each time it is shown: for texts in constants of a module."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def marked(message: str) -> str:
    """`message` as it is, noted for translation: for data whose English is needed too, shown by `gettext(message)`."""
    return message


def _filled(text: str, values: dict[str, object]) -> str:
    return text % values if values else text


def today() -> date:
    """The date at the campus."""
    return clock.now().astimezone(zone()).date()


def zone() -> ZoneInfo:
    """The campus's time zone."""
    return ZoneInfo(settings().time_zone)


def format_date(day: date, length: Length = "medium") -> str:
    """A local date, such as a night. For an instant use `format_instant`."""
    return dates.format_date(day, length, locale=_locale())


def format_instant(instant: datetime, length: Length = "medium") -> str:
    """Date and time of an aware instant, in the campus's time zone."""
    return dates.format_datetime(instant, length, tzinfo=zone(), locale=_locale())


def format_month(day: date, *, short: bool = False) -> str:
    """The month of a day with its year: `March 2026`; short: `Mar 2026`."""
    return dates.format_skeleton("yMMM" if short else "yMMMM", day, locale=_locale())


def format_quarter(day: date, *, short: bool = False) -> str:
    """The quarter that a day lies in: `3rd quarter 2026`; short: `Q3 2026`, `T3 2026`."""
    return dates.format_skeleton("yQQQ" if short else "yQQQQ", day, locale=_locale())


def format_weekday(day: date) -> str:
    """The day of the week, shortened for narrow columns: `Sat`, `sam.`."""
    return dates.format_date(day, "EEE", locale=_locale())


def format_time(instant: datetime, length: Length = "short") -> str:
    """Time of day of an aware instant, in the campus's time zone."""
    return dates.format_time(instant, length, tzinfo=zone(), locale=_locale())


def format_duration(seconds: float) -> str:
    """About how long, in the largest fitting unit: `3 minutes`."""
    return dates.format_timedelta(timedelta(seconds=seconds), locale=_locale())


def format_number(number: float) -> str:
    """A number with at most three decimals, grouped as the language groups."""
    return numbers.format_decimal(number, locale=_locale())


def format_entry(number: float) -> str:
    """A number in a field that is edited: with the language's decimal mark, and in one piece."""
    return numbers.format_decimal(round(number, 6), locale=_locale(), decimal_quantization=False, group_separator=False)


def format_percent(share: float) -> str:
    """A share of 1 as a percentage, with at most one decimal. Rounded down, so that 100 % means all of it."""
    rounded = int(share * 1000 + 1e-9) / 1000
    return numbers.format_percent(rounded, locale=_locale(), decimal_quantization=False)


def format_list(items: Iterable[object]) -> str:
    """Things that stand beside each other, as the language joins them: `a, b and c`, `a, b et c`."""
    return lists.format_list([str(item) for item in items], locale=_locale())


def format_bytes(size: float) -> str:
    """A size in the largest fitting unit, of 1000 each, as file managers show it: `2.4 MB`."""
    for unit in ("byte", "kilobyte", "megabyte", "gigabyte"):
        if size < 1000 or unit == "gigabyte":
            break
        size /= 1000
    shown = round(size, 1 if size < 100 and unit != "byte" else 0)
    return units.format_unit(shown, f"digital-{unit}", "short", locale=_locale())


def format_language(code: str) -> str:
    """The name of a language (BCP 47) in the visitor's, such as “French”; the code itself where nobody knows it."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(_locale())
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else code


def _locale() -> str:
    return LOCALES[language()]
