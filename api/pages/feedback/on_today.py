"""What the page of the day tells of the feedback: a quarter that was just closed, and one that can be."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from api import figure_words as words
from api.formatting import day
from api.pages.campus.today_decisions import Waiting
from api.pages.feedback.access import looks_after
from campus.feedback.figures import queries
from campus.feedback.figures.closing import waiting
from core.i18n import gettext as _
from core.i18n import today
from core.people.models import Person


def quarters_told(session: Session, person: Person) -> Iterator[Waiting]:
    """The newest quarter where it was closed since the last working day; for keepers also the oldest to close."""
    newest = next(iter(queries.closed(session)), None)
    if newest and day(newest.closed_at) >= last_working_day(today()):
        yield Waiting(
            "info",
            _("The figures of the %(quarter)s are there", quarter=words.quarter(newest.quarter)),
            _("How guests find us, and whether anything changed."),
            _("Quarter closed"),
            f"/feedback?quarter={newest.quarter}",
            _("Look at them"),
        )
    open_quarters = waiting(session) if looks_after(person) else []
    if open_quarters:
        yield Waiting(
            "info",
            _("The %(quarter)s can be closed", quarter=words.quarter(open_quarters[0])),
            _("Its figures are published then, and never change."),
            _("Ready to be closed"),
            f"/feedback/quarters/{open_quarters[0]}/close",
            _("Look at it and close it"),
        )


def last_working_day(on: date) -> date:
    """The day before, on Mondays and Sundays the Friday."""
    before = on - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))
