"""How a year is expected to end, as the last forecast that was kept by a day says; nothing is forecast here."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.models import Forecast
from campus.forecast.year_end import YearEnd, chance_of
from core.i18n import format_percent
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Outlook:
    """Room-nights that a year is expected to end with; None for what is not known.

    `low` and `high` enclose four of five outcomes, `chance` is that of the target, 0 to 1. `made_on` is the day of the
    forecast; None for a year that is over, of which nothing is forecast any more.
    """

    expected: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    made_on: date | None = None


def outlook(session: Session, year: int, target: int, on: date) -> Outlook:
    """By the last forecast of this day or before it; its chance is that of `target`, whichever the forecast knew."""
    query = sa.select(Forecast.made_on, Forecast.content["years"]).where(Forecast.made_on <= on)
    kept = session.execute(query.order_by(Forecast.made_on.desc()).limit(1)).one_or_none()
    if kept is None or str(year) not in kept[1]:
        return Outlook()
    end = YearEnd(**kept[1][str(year)])
    chance = end.chance if end.target == target else chance_of(end, target)
    return Outlook(end.expected, end.low, end.high, chance, kept.made_on)


def chance_said(chance: float | None) -> str:
    """A chance is never told as none at all, or as certain: it comes from a model."""
    if chance is None:
        return _("not known yet")
    if chance < 0.01:
        return _("under %(share)s", share=format_percent(0.01))
    if chance > 0.99:
        return _("over %(share)s", share=format_percent(0.99))
    return format_percent(round(chance, 2))
