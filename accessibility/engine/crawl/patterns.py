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
_REPEATED = re.compile(r"((?:/[^/]+){1,3}?)\1{2,}(?=/|$)")  # a relative link that goes deeper each time

_MONTH = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october"
    "|november|december"
)
_FOLDED_MONTH = re.compile(rf"({re.escape(FOLD)})/(?:{_MONTH})(?=/|$)", re.IGNORECASE)
_DATE_NAMES = frozenset("time date month year day week timestamp cal_d cal_m cal_y cal_date".split())
_PERHAPS_DATE_NAMES = frozenset("from to start end begin since until when t ts".split())  # or places in a list
_DATE = re.compile(r"\d{4,9}-(?:[01]?\d|W\d\d)(?:-\d\d?)?(?:[T ].*)?", re.IGNORECASE)
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d|1\d{9}(?:\d{3})?")  # 20261130, or seconds since 1970
_DATE_PATH = re.compile(
    rf"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2]|{_MONTH})(?:/(?:0?[1-9]|[12]\d|3[01]))?/?$"
    r"|/\d{4,9}-(?:[01]?\d|W\d\d)(?:-\d\d?)?/?$"
    rf"|/(?:{_MONTH})-(?:19|20)\d\d/?$"
    r"|/(?:19|20)\d\d[01]\d[0-3]\d/?$"
    r"|/(?:calendar|kalender|calendario|calendrier|agenda)/(?:[^/]+/)?(?:19|2\d)\d\d/?$",
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
    if name in _PERHAPS_DATE_NAMES and _COMPACT_DATE.fullmatch(value):
        return True
    return _DATE.fullmatch(value) is not None


def _folded_path(path: str) -> str:
    path = _IDENTIFIER.sub(FOLD, _REPEATED.sub(r"\1", path))
    return _FOLDED_MONTH.sub(rf"\1/{FOLD}", path) if FOLD in path else path


def _names(mark: str, query: str) -> str:
    if not query:
        return ""
    return mark + "&".join(sorted({_IDENTIFIER.sub(FOLD, pair.partition("=")[0]) for pair in query.split("&")}))
