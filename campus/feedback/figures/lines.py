"""Figures as lines of a table, for scripts and files: questions, and what is computed of them, all alike."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from campus.feedback.figures import composite, queries, reading, rules
from campus.feedback.figures.reading import AreaFigure
from campus.feedback.quarters import Quarter, checked_quarter
from campus.feedback.questionnaires.content import Kind
from campus.feedback.questionnaires.queries import question_texts
from campus.places import queries as places
from campus.places.rules import checked_word
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import language

SATISFACTION, INDEX, AREA = "satisfaction", "index", "area"
AVERAGED = "averaged bounds"  # the method of a figure of several questions


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `measure` is a question's key, `satisfaction`, `index` (0 to 100) or `area:` with an area."""

    quarter: str
    dimension: str
    thing: str
    area: str
    measure: str
    question: str
    kind: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    method: str
    suppressed: bool
    mean: float | None = None
    deviation: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As a plain object."""
        return asdict(self)


def of_group(session: Session, quarter: Quarter, dimension: str = rules.ALL, thing: str = "") -> list[Line]:
    """All of one group in one quarter: what is computed of several questions first."""
    found = reading.figures(session, quarter, dimension, thing)
    whole, parts = reading.overall(found), reading.by_area(found)
    index = composite.composite(session, quarter, dimension, thing).index
    group = (str(quarter), dimension, thing)
    computed = [_of_area(group, SATISFACTION, whole)] if any(one.kind == Kind.RATING for one in found) else []
    if computed:
        hidden = index.value is None
        n = None if hidden else index.n
        computed.append(
            Line(*group, "", INDEX, "", INDEX, n, index.value, index.low, index.high, "student", suppressed=hidden)
        )
    computed += [_of_area(group, f"{AREA}:{one.area}", one) for one in parts if one.value is not None or one.suppressed]
    return [*computed, *of_questions(session, quarter, dimension, thing)]


def of_questions(
    session: Session, quarter: Quarter | None = None, dimension: str = "", thing: str | None = None, area: str = ""
) -> Iterator[Line]:
    """The questions' own figures of as many groups and quarters as are asked for."""
    texts = question_texts(session, language())
    for one in reading.figures(session, quarter, dimension, thing, area=area):
        yield Line(
            one.quarter,
            one.dimension,
            one.thing,
            one.area,
            one.measure,
            texts.get(one.measure, ""),
            one.kind,
            one.n,
            one.value,
            one.low,
            one.high,
            one.method,
            one.suppressed,
            one.mean,
            one.deviation,
        )


def checked_closed(session: Session, given: str, place: str = "quarter") -> Quarter | None:
    """A closed quarter as people write it, the newest for nothing; None while none is. Raises `InvalidInput`."""
    closed = queries.closed_quarters(session)
    if not given.strip():
        return closed[0] if closed else None
    quarter = checked_quarter(given, place)
    if quarter not in closed:
        raise InvalidInput(_("%(quarter)s is not closed, so it has no figures", quarter=quarter), place=place)
    return quarter


def checked_area(session: Session, given: str, place: str = "area") -> str:
    """An area that was ever asked about, or nothing. Raises `InvalidInput`."""
    known = sorted({area for _measure, _kind, area in queries.measures(session)})
    if given and given not in known:
        if not known:
            raise InvalidInput(_("there are no figures yet"), place=place)
        checked_word(given, tuple(known), place)
    return given


def checked_dimension(given: str, place: str = "dimension") -> str:
    """One of the cuts. Raises `InvalidInput`."""
    return checked_word(given, rules.DIMENSIONS, place)


def checked_thing(session: Session, dimension: str, thing: str, place: str = "thing") -> tuple[str, str]:
    """A dimension and a thing in it. Raises `InvalidInput` for what there is not."""
    checked_dimension(dimension)
    if (dimension == rules.ALL) != (not thing):
        raise InvalidInput(_("is needed for every dimension but “all”, and only there"), place=place)
    if thing and not queries.has_thing(session, dimension, thing):
        if dimension == rules.PAVILION:
            _must_be_pavilion(session, thing, place)
        else:
            raise InvalidInput(_("there is nothing of this name"), place=place)
    return dimension, thing


def _must_be_pavilion(session: Session, slug: str, place: str) -> None:
    try:
        places.pavilion(session, slug)
    except NotFound as error:
        raise InvalidInput(str(error), place=place) from None


def _of_area(group: tuple[str, str, str], measure: str, found: AreaFigure) -> Line:
    numbers: dict[str, Any] = {"n": found.n, "value": found.value, "low": found.low, "high": found.high}
    return Line(*group, found.area, measure, "", AREA, method=AVERAGED, suppressed=found.value is None, **numbers)
