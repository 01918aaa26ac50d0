"""How guests find the campus at a glance: the index, the scores and the areas of the newest closed quarter."""

from sqlalchemy.orm import Session

from api import figure_words as words
from api.pages.feedback.asked import Asked
from api.pages.feedback.overview import said, shown
from api.pages.feedback.rows import Row
from api.pages.results.glance_parts import Figure, Part
from campus.capacity.report import Moment
from campus.feedback.figures import queries
from campus.feedback.figures.names import names
from campus.feedback.quarters import checked_quarter
from core.i18n import gettext as _

PAGE = "/feedback"


def feedback(session: Session, moment: Moment) -> Part:
    """Of the newest quarter that was closed by then."""
    closed = [one for one in queries.closed(session) if moment.at is None or one.closed_at < moment.at]
    title = _("Guests' feedback")
    if not closed:
        said_empty = _("Once a quarter of answers is closed, how satisfied guests are stands here with its interval.")
        return Part("feedback", title, said_empty, page=PAGE)
    quarters = [checked_quarter(one.quarter) for one in closed]
    question = Asked(quarters[0], quarters, names(session))
    found = shown(session, question)
    address = f"{PAGE}?quarter={question.quarter}"
    figures = [Figure(_("Composite index"), words.index_told(found.index.index), f"{address}#index", "info")]
    figures += [_figure(one, f"{address}#scores") for one in found.scores]
    figures += [_figure(one, f"{PAGE}/areas/{one.key}?quarter={question.quarter}") for one in found.areas]
    return Part("feedback", f"{title}: {words.quarter(question.quarter)}", said(question, found), tuple(figures))


def _figure(row: Row, address: str) -> Figure:
    """With what became of it since the quarter before."""
    told = words.told(row.kind, row.figure)
    if row.masked or not row.compared:
        return Figure(row.name, told, address, "info")
    kind, change = row.tag
    return Figure(row.name, f"{told} · {change}", address, kind)
