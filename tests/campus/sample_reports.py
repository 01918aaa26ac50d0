"""Prints and targets: one print that is still equal, one of which the books say something else."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.capacity import prints
from campus.capacity.models import CapacityPrint
from campus.capacity.queries import Cut
from campus.capacity.report import Moment, Question
from campus.forecast.targets import set_target
from campus.nights import Nights
from core.i18n import today
from tests.campus.books import TEST


def add_reports(session: Session) -> None:
    """A print of the year by pavilions, one whose figures were changed, and a target that was entered twice."""
    asked = Question(Nights.year(today().year), Cut.PAVILION)
    equal = prints.keep(session, "Sample report to the board", asked, Moment.now(), TEST)
    session.add(changed(equal))
    for room_nights in (24_000, 26_000):
        set_target(session, today().year, room_nights, "Sample budget, paragraph 12", TEST, "invented")
    set_target(session, today().year - 1, 25_000, "Sample budget", TEST)
    session.flush()


def changed(kept: CapacityPrint) -> CapacityPrint:
    """The same print, with one more room-night sold than it had."""
    columns = [column.name for column in CapacityPrint.__table__.columns if column.name != "id"]
    values = {name: getattr(kept, name) for name in columns}
    total = kept.content["total"] | {"sold": kept.content["total"]["sold"] + 1}
    values["content"] = kept.content | {"total": total}
    return CapacityPrint(**values | {"made_at": kept.made_at + timedelta(seconds=1)})
