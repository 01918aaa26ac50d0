"""A quarter closes: its figures are counted once, what would expose a few guests is suppressed, and nothing changes
afterwards. So no two ranges of time can be subtracted from each other.

Which cells there are does not depend on what guests answered: every question on offer has one for every pavilion,
segment and language and for the events of the quarter, suppressed where it may not be shown. Who brings in a survey
knows its rows, so that groups are large enough without them, too (`suppression.publishable_beside`); and of fewer than
five guests beside them nothing is counted, or the whole survey would have to be suppressed. A group that is suppressed
among all responses is so in every question, so that the n of two questions cannot be held against each other; and where
an answer opens a question, that one shows no group that the first one does not.

Both closing and answering are write transactions, which queue on both databases: an answer is there when its quarter is
counted, or `check_open` refuses it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.feedback.figures import answers, queries, rules
from campus.feedback.figures.answers import Asked, Group
from campus.feedback.figures.measures import measures
from campus.feedback.figures.models import ClosedQuarter, PublishedCell
from campus.feedback.figures.suppression import LEAST, publishable_beside
from campus.feedback.quarters import Quarter, quarter_of, week_of
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import today
from core.settings import settings

Groups = Mapping[Group, frozenset[str]]


def close(session: Session, quarter: Quarter, actor: str) -> list[PublishedCell]:
    """Publish the figures of a quarter that is over. Raises `Conflict` for one that is not, or that is closed."""
    if not is_over(quarter):
        raise Conflict(_("%(quarter)s is not over yet.", quarter=quarter))
    if queries.is_closed(session, quarter):
        raise Conflict(_("%(quarter)s is closed already.", quarter=quarter))
    session.add(ClosedQuarter(quarter=str(quarter), closed_at=clock.now(), closed_by=actor))
    session.flush()
    cells = list(_cells(session, quarter))
    session.add_all(cells)
    session.flush()
    trail.record(session, actor, "quarter.close", "feedback", str(quarter))
    return cells


def is_over(quarter: Quarter) -> bool:
    """Whether its last week is over, so that no answer can come any more."""
    return week_of(today()) >= quarter.until


def check_open(session: Session, week: date) -> None:
    """Raise `Conflict` where the quarter of this week is closed: no answer is added to it any more."""
    quarter = quarter_of(week_of(week))
    if queries.is_closed(session, quarter):
        raise Conflict(_("%(quarter)s is closed: its figures never change, so no answer is added.", quarter=quarter))


def waiting(session: Session) -> list[Quarter]:
    """Quarters that are over and not closed, with answers or a questionnaire on offer; the oldest first."""
    closed = set(queries.closed_quarters(session))
    there = answers.quarters_with_answers(session) | answers.quarters_on_offer(session)
    return sorted(one for one in there if one not in closed and is_over(one))


def due(session: Session) -> list[Quarter]:
    """Those that the clock closes: some days after the last week, and only those with a questionnaire on offer.

    Quarters that have imported answers alone are closed by hand, as nobody else knows whether more is to come.
    """
    latest = today() - timedelta(days=settings().feedback_close_days)
    offered = answers.quarters_on_offer(session)
    return [one for one in waiting(session) if one in offered and week_of(latest) >= one.until]


def _cells(session: Session, quarter: Quarter) -> Iterator[PublishedCell]:
    groups, known = answers.groups(session, quarter), answers.imported(session, quarter)
    if len(groups.get((rules.ALL, ""), frozenset()) - known) < LEAST:
        groups = {group: guests & known for group, guests in groups.items()}
    order = sorted(groups, key=lambda group: (rules.DIMENSIONS.index(group[0]), -len(groups[group]), group[1]))
    large = publishable_beside(groups, order, known)
    told = sorted({*answers.things(session, quarter), *large})
    kept: dict[str, list[Group]] = {}
    for asked in answers.asked(session, quarter):
        candidates = [group for group in large if all(group in kept.get(key, large) for key in asked.opened_by)]
        answered = {group: groups[group] & asked.answers.keys() for group in candidates}
        kept[asked.question.key] = publishable_beside(answered, candidates, known)
        yield from _of_question(quarter, asked, told, {group: answered[group] for group in kept[asked.question.key]})


def _of_question(quarter: Quarter, asked: Asked, told: Sequence[Group], shown: Groups) -> Iterator[PublishedCell]:
    for group in told:
        values = [asked.answers[guest] for guest in shown.get(group, ())]
        for measured in measures(asked.question, values):
            estimate = measured.estimate
            yield PublishedCell(
                quarter=str(quarter),
                dimension=group[0],
                thing=group[1],
                measure=measured.measure,
                area=asked.question.area,
                kind=asked.question.kind.value,
                suppressed=group not in shown,
                n=estimate.n if group in shown else None,
                value=estimate.value,
                low=estimate.low,
                high=estimate.high,
                method=estimate.method,
                mean=measured.mean,
                deviation=measured.deviation,
                wordings=asked.wordings,
            )
