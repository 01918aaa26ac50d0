"""Every SELECT on published figures. Readers are given nothing else."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures.models import Benchmark, ClosedQuarter, PublishedCell
from campus.feedback.quarters import Quarter, checked_quarter
from core.errors import NotFound
from core.i18n import gettext as _


def closed_quarters(session: Session, at: datetime | None = None) -> list[Quarter]:
    """The quarters that have figures, or had them at an instant, the newest first."""
    query = sa.select(ClosedQuarter.quarter).order_by(ClosedQuarter.quarter.desc())
    if at is not None:
        query = query.where(ClosedQuarter.closed_at <= at)
    return [checked_quarter(one) for one in session.scalars(query)]


def is_closed(session: Session, quarter: Quarter) -> bool:
    """Whether its figures are published, so that no answer is added any more."""
    return session.get(ClosedQuarter, str(quarter)) is not None


def cells(
    session: Session,
    *,
    quarter: Quarter | None = None,
    dimension: str = "",
    thing: str | None = None,
    measure: str = "",
    area: str = "",
) -> list[PublishedCell]:
    """The published cells of these, by quarter, dimension, thing and measure; suppressed ones among them."""
    conditions = {
        PublishedCell.quarter: str(quarter) if quarter else "",
        PublishedCell.dimension: dimension,
        PublishedCell.measure: measure,
        PublishedCell.area: area,
    }
    wanted = [column == value for column, value in conditions.items() if value]
    if thing is not None:
        wanted.append(PublishedCell.thing == thing)
    order = (PublishedCell.quarter, PublishedCell.dimension, PublishedCell.thing, PublishedCell.measure)
    return list(session.scalars(sa.select(PublishedCell).where(*wanted).order_by(*order)))


def published_groups(session: Session, quarter: Quarter) -> frozenset[tuple[str, str]]:
    """(dimension, thing) of the groups that have a figure that is not suppressed."""
    columns = (PublishedCell.dimension, PublishedCell.thing)
    shown = sa.and_(PublishedCell.quarter == str(quarter), ~PublishedCell.suppressed)
    return frozenset((dimension, thing) for dimension, thing in session.execute(sa.select(*columns).where(shown)))


def kind_of(session: Session, measure: str) -> str | None:
    """What can be answered to the question of a measure, as it was last published; None for one that never was."""
    of_it = sa.select(PublishedCell.kind).where(PublishedCell.measure == measure)
    return session.scalar(of_it.order_by(PublishedCell.quarter.desc(), PublishedCell.id).limit(1))


def measures(session: Session) -> list[tuple[str, str, str]]:
    """(measure, kind, area) of everything that was ever published, by area and measure, as it last was."""
    columns = (PublishedCell.measure, PublishedCell.kind, PublishedCell.area)
    rows = session.execute(sa.select(*columns, sa.func.max(PublishedCell.quarter)).group_by(*columns))
    newest = {measure: (measure, kind, area) for measure, kind, area, _last in sorted(rows, key=lambda row: row[3])}
    return sorted(newest.values(), key=lambda one: (one[2], one[0]))


def areas(session: Session) -> set[str]:
    """The areas that have a page of figures: something of them was published, if only that it is suppressed."""
    return set(session.scalars(sa.select(PublishedCell.area).distinct()))


def benchmarks(session: Session, measure: str = "", quarter: Quarter | None = None) -> list[Benchmark]:
    """By measure and first day; of one measure, or those that count in some part of a quarter."""
    wanted = [Benchmark.measure == measure] if measure else []
    if quarter:
        wanted += [Benchmark.first < quarter.until, sa.or_(Benchmark.until.is_(None), Benchmark.until >= quarter.first)]
    order = (Benchmark.measure, Benchmark.first, Benchmark.id)
    return list(session.scalars(sa.select(Benchmark).where(*wanted).order_by(*order)))


def benchmark(session: Session, benchmark_id: int) -> Benchmark:
    """One. Raises `NotFound`."""
    found = session.get(Benchmark, benchmark_id)
    if found is None:
        raise NotFound(_("There is no such benchmark."))
    return found


def has_thing(session: Session, dimension: str, thing: str) -> bool:
    """Whether anything was ever published of this group, if only that it is suppressed."""
    of_it = sa.and_(PublishedCell.dimension == dimension, PublishedCell.thing == thing)
    return bool(session.scalar(sa.select(sa.exists().where(of_it))))


def closed(session: Session) -> list[ClosedQuarter]:
    """The quarters that are closed, and by whom, the newest first."""
    return list(session.scalars(sa.select(ClosedQuarter).order_by(ClosedQuarter.quarter.desc())))


def counts(session: Session) -> dict[str, tuple[int, int]]:
    """How many figures of each closed quarter are shown, and how many suppressed."""
    masked = sa.func.sum(sa.case((PublishedCell.suppressed, 1), else_=0))
    rows = sa.select(PublishedCell.quarter, sa.func.count(), masked).group_by(PublishedCell.quarter)
    return {quarter: (n - hidden, hidden) for quarter, n, hidden in session.execute(rows)}
