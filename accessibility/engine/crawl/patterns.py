"""The pattern of an address: what many generated addresses have in common, so that they can share a budget."""

import re

from accessibility.engine.crawl.addresses import Parts, parameters, split

FOLD = "{n}"

_IDENTIFIER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?<![A-Za-z0-9])(?=[A-Fa-f]*\d)[0-9A-Fa-f]{8,}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9_-])(?=(?:[A-Za-z]*\d){2})[A-Za-z0-9]{16,}(?![A-Za-z0-9_-])"
    r"|\d+",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"((?:/[^/]+){1,3}?)\1+(?=/|$)")

_MONTH = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october"
    "|november|december"
)
_FOLDED_MONTH = re.compile(rf"({re.escape(FOLD)})/(?:{_MONTH})(?=/|$)", re.IGNORECASE)
_DATE_NAMES = frozenset(
    """time date month year day week timestamp when from to start end begin since until start_date end_date startdate
    enddate from_date to_date date_from date_to cal_d cal_m cal_y cal_date""".split()
)
_DATE_VALUE = re.compile(
    r"[0-9]{4,9}-(?:[01]?\d|W\d\d)(?:-\d\d?)?(?:[T ].*)?|(?:19|20)\d\d[01]\d[0-3]\d|1\d{9}(?:\d{3})?"
)
_DATE_PATH = re.compile(
    rf"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2]|{_MONTH})(?:/(?:0?[1-9]|[12]\d|3[01]))?/?$"
    r"|/\d{4}-(?:[01]?\d|W\d\d)(?:-\d\d?)?/?$"
    r"|/(?:19|20)\d\d[01]\d[0-3]\d/?$"
    r"|/(?:calendar|kalender|calendario|calendrier|agenda)/(?:[^/]+/)?\d+/?$",
    re.IGNORECASE,
)


def pattern(normal: str) -> str:
    """The path with numbers, identifiers and dates folded and repeated segments once, and the parameters' names.

    `https://example.org/course/12?page=3&q=x` gives `https://example.org/course/{n}?page&q`.
    """
    parts = split(normal)
    route, _, route_query = parts.route.partition("?")
    folded = parts.origin + _folded_path(parts.path) + _names("?", parts.query)
    return folded + (f"#{_folded_path(route)}" if route else "") + _names("?", route_query)


def is_calendar(normal: str) -> bool:
    """Whether the address carries a date or time: such patterns have no end."""
    parts = split(normal)
    if any(_is_date(name, value) for name, value in parameters(parts)):
        return True
    return any(_DATE_PATH.search(path) for path in _paths(parts))


def _paths(parts: Parts) -> tuple[str, str]:
    return parts.path, parts.route.partition("?")[0]


def _is_date(name: str, value: str) -> bool:
    if name in _DATE_NAMES:
        return any(character.isdigit() for character in value)
    return _DATE_VALUE.fullmatch(value) is not None


def _folded_path(path: str) -> str:
    path = _IDENTIFIER.sub(FOLD, path)
    if FOLD in path:
        path = _FOLDED_MONTH.sub(rf"\1/{FOLD}", path)
    return _REPEATED.sub(r"\1", path)


def _names(mark: str, query: str) -> str:
    if not query:
        return ""
    return mark + "&".join(sorted({_IDENTIFIER.sub(FOLD, pair.partition("=")[0]) for pair in query.split("&")}))
