"""How figures of the guests' feedback are told: areas, groups, values with intervals, changes, and what is masked."""

from typing import Any

from campus.feedback.figures import rules
from campus.feedback.figures.changes import Change
from campus.feedback.figures.composite import Index
from campus.feedback.figures.reading import AreaFigure, Figure
from campus.feedback.figures.trends import Course, Trend
from campus.feedback.quarters import Quarter, checked_quarter
from campus.feedback.questionnaires.content import Kind
from core.i18n import format_number, format_percent, format_quarter, lazy
from core.i18n import gettext as _

AREAS = {
    "access": lazy("Accessibility"),
    "accessibility": lazy("Accessibility"),
    "arrival": lazy("Arrival"),
    "booking": lazy("Booking"),
    "campus": lazy("Campus"),
    "classroom": lazy("Classrooms"),
    "cleaning": lazy("Cleanliness"),
    "food": lazy("Food"),
    "internet": lazy("Internet"),
    "learning": lazy("Learning"),
    "overall": lazy("Overall"),
    "reception": lazy("Reception"),
    "room": lazy("Rooms"),
    "staff": lazy("Staff"),
    "transport": lazy("Transport"),
    "value": lazy("Value for money"),
    "works": lazy("Works"),
}
"""The usual keys of areas; another one is shown as it was written, made readable."""

DIMENSIONS = {
    rules.ALL: lazy("All guests"),
    rules.PAVILION: lazy("Pavilions"),
    rules.SEGMENT: lazy("Segments"),
    rules.EVENT: lazy("Events"),
    rules.LANGUAGE: lazy("Languages"),
}

MASKED = lazy("masked, too few guests")
WHY_MASKED = lazy(
    "A figure is masked where fewer than five guests answered, or where it could be used with others to find out about"
    " fewer than five."
)


def area(key: str) -> str:
    """An area's name."""
    known = AREAS.get(key)
    return str(known) if known else key.replace("_", " ").replace("-", " ").capitalize()


def quarter(one: Quarter | str, *, short: bool = False) -> str:
    """A quarter as people write it; short for charts and tables."""
    return format_quarter((checked_quarter(one) if isinstance(one, str) else one).first, short=short)


def shown(kind: str, value: float | None) -> str:
    """A value alone: a share as a whole percentage, a score with its sign."""
    if value is None:
        return str(MASKED)
    return signed(value) if kind == Kind.SCORE else format_percent(round(value, 2))


def interval(kind: str, low: float | None, high: float | None) -> str:
    """From where to where; a dash where there is none."""
    if low is None or high is None:
        return "–"
    return _("%(low)s to %(high)s", low=shown(kind, low), high=shown(kind, high))


def told(kind: str, one: Figure | AreaFigure) -> str:
    """Value, interval and number of answers in one line, or that it is masked."""
    if one.value is None:
        return str(MASKED)
    values: dict[str, Any] = {"value": shown(kind, one.value), "between": interval(kind, one.low, one.high)}
    return _("%(value)s (%(between)s), n = %(n)s", n=format_number(one.n or 0), **values)


def index_told(one: Index) -> str:
    """An index of 0 to 100 with its interval, or that too few answers count for one."""
    if one.value is None or one.low is None or one.high is None:
        return _("too few answers for an index")
    values: dict[str, Any] = {"low": whole(one.low), "high": whole(one.high)}
    return _("%(value)s of 100 points (%(low)s to %(high)s)", value=whole(one.value), **values)


def whole(value: float) -> str:
    """A figure without decimals."""
    return format_number(round(value))


def signed(value: float) -> str:
    """A whole number with its sign; a real minus, as figures stand under each other."""
    whole = round(value)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{format_number(abs(whole))}"


def points(kind: str, value: float) -> str:
    """A difference: of shares in percentage points."""
    return signed(value if kind == Kind.SCORE else 100 * value)


def changed(kind: str, found: Change | None) -> tuple[str, str]:
    """Kind of the tag and words: only what is beyond noise points anywhere."""
    if found is None:
        return "info", _("cannot be compared")
    if not found.arrow:
        return "info", _("no detectable change")
    by = points(kind, found.change)
    if kind == Kind.CHOICE:  # an answer among others is neither better nor worse
        return "info", _("changed by %(points)s points", points=by)
    if found.arrow > 0:
        return "good", _("better by %(points)s points", points=by)
    return "bad", _("worse by %(points)s points", points=by.removeprefix("−"))


def course(kind: str, found: Trend) -> tuple[str, str]:
    """Kind of the tag and the answer to “did it change over time?”."""
    if found.course is None or found.change is None or found.first is None or found.last is None:
        return "info", _("Too few quarters of the same wording to tell a trend: three are needed.")
    values: dict[str, Any] = {
        "first": quarter(found.first, short=True),
        "last": quarter(found.last, short=True),
        "points": points(kind, found.change),
        "low": points(kind, found.low or 0.0),
        "high": points(kind, found.high or 0.0),
    }
    if found.course is Course.NONE:
        return "info", _("No detectable change from %(first)s to %(last)s.", **values)
    if found.course is Course.RISING:
        said = _("Rising: %(points)s points from %(first)s to %(last)s (%(low)s to %(high)s).", **values)
        return "good", said
    return "bad", _("Falling: %(points)s points from %(first)s to %(last)s (%(low)s to %(high)s).", **values)
