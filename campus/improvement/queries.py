"""Every SELECT on improvement actions. What guests say is read from published figures alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures import queries as figures
from campus.feedback.figures.models import ClosedQuarter, PublishedCell
from campus.feedback.questionnaires.content import Kind, Texts
from campus.feedback.questionnaires.queries import published_contents
from campus.improvement import measured, rules
from campus.improvement.measured import Baseline, Cells, Found
from campus.improvement.models import ActionCheck, ActionVersion, ImprovementAction
from campus.improvement.rules import Need, Stage, Terms
from campus.improvement.verdict import Verdict, detectable
from campus.known import known
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import queries as people
from core.people.models import Person
from core.people.rules import FEEDBACK_READ

ON_A_SCALE = (Kind.RATING, Kind.SCORE, Kind.YES_NO)


@dataclass(frozen=True, slots=True)
class Measure:
    """A question that an action can be measured by. `text` is its newest wording, empty when it is not known here."""

    key: str
    area: str
    kind: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Line:
    """An action at a moment, with its owner's name, the check that gives its verdict, and what somebody has to do."""

    version: ActionVersion
    owner: str
    counted: ActionCheck | None
    need: Need | None

    @property
    def key(self) -> int:
        """The action's number."""
        return self.version.action_id


@dataclass(frozen=True, slots=True)
class Aid:
    """What helps to plan: where the measure stands, and the smallest change that would be found in four of five cases.

    None where there are too few answers to tell.
    """

    baseline: Baseline
    detectable: float | None


def terms_of(version: ActionVersion) -> Terms:
    """What is measured of an action."""
    pavilions, comparison = tuple(version.pavilions), tuple(version.comparison)
    return Terms(version.measure, pavilions, comparison, version.check_on, version.done_on)


def action(session: Session, key: int) -> ImprovementAction:
    """One action. Raises `NotFound`."""
    found = session.get(ImprovementAction, key)
    if found is None:
        raise NotFound(_("There is no such improvement action."))
    return found


def version(session: Session, key: int, at: datetime | None = None) -> ActionVersion:
    """What an action is, as known at an instant. Raises `NotFound`."""
    found = session.scalar(sa.select(ActionVersion).where(ActionVersion.action_id == key, known(ActionVersion, at)))
    if found is None:
        raise NotFound(_("There is no such improvement action."))
    return found


def versions(session: Session, key: int, at: datetime | None = None) -> list[ActionVersion]:
    """Everything that an action ever was by an instant, the newest first."""
    query = sa.select(ActionVersion).where(ActionVersion.action_id == key)
    if at is not None:
        query = query.where(ActionVersion.recorded_at <= at)
    return list(session.scalars(query.order_by(ActionVersion.id.desc())))


def checks(session: Session, key: int, at: datetime | None = None) -> list[tuple[ActionCheck, ActionVersion]]:
    """What was found by an instant and what the action was then, the newest first."""
    query = sa.select(ActionCheck, ActionVersion).join(ActionVersion, ActionVersion.id == ActionCheck.version_id)
    query = query.where(ActionCheck.action_id == key)
    if at is not None:
        query = query.where(ActionCheck.checked_at <= at)
    return [(check, then) for check, then in session.execute(query.order_by(ActionCheck.id.desc()))]


def counted(session: Session, version: ActionVersion, at: datetime | None = None) -> ActionCheck | None:
    """The check that gives the verdict by the action's present terms; None before it was made."""
    terms = terms_of(version)
    of_it = (one for one, then in checks(session, version.action_id, at) if one.counts and terms_of(then) == terms)
    return next(of_it, None)


def follow_ups(session: Session, key: int, at: datetime | None = None) -> list[ActionVersion]:
    """The actions that go on from this one."""
    query = sa.select(ActionVersion).join(ImprovementAction, ImprovementAction.id == ActionVersion.action_id)
    query = query.where(ImprovementAction.follows_id == key, known(ActionVersion, at))
    return list(session.scalars(query.order_by(ActionVersion.action_id)))


def lines(
    session: Session,
    on: date,
    at: datetime | None = None,
    *,
    area: str = "",
    pavilion: str = "",
    owner_id: int | None = None,
    stage: str = "",
) -> list[Line]:
    """The actions as known at an instant, by due day; those of the whole campus belong to each pavilion."""
    query = sa.select(ActionVersion).where(known(ActionVersion, at))
    for column, value in ((ActionVersion.area, area), (ActionVersion.stage, stage)):
        if value:
            query = query.where(column == value)
    if owner_id is not None:
        query = query.where(ActionVersion.owner_id == owner_id)
    names = owner_names(session)
    found = session.scalars(query.order_by(ActionVersion.due, ActionVersion.action_id))
    wanted = (one for one in found if not pavilion or not one.pavilions or pavilion in one.pavilions)
    return [_line(session, one, names, on, at) for one in wanted]


def line(session: Session, key: int, on: date, at: datetime | None = None) -> Line:
    """One action at a moment. Raises `NotFound`."""
    return _line(session, version(session, key, at), owner_names(session), on, at)


def _line(session: Session, one: ActionVersion, names: Mapping[int, str], on: date, at: datetime | None) -> Line:
    need = rules.needs(Stage(one.stage), one.due, one.check_on, on, waits=_waits(session, one, at))
    return Line(one, names.get(one.owner_id or 0, ""), counted(session, one, at), need)


def _waits(session: Session, one: ActionVersion, at: datetime | None) -> bool:
    """Whether it was too early at the last try on or after the planned day, and no quarter was closed since."""
    if one.stage != Stage.CHECK:
        return False
    tried = [check for check, then in checks(session, one.action_id, at) if terms_of(then) == terms_of(one)]
    if not tried or tried[0].verdict != Verdict.TOO_EARLY:
        return False
    closed = session.scalar(sa.select(sa.func.max(ClosedQuarter.closed_at)))
    return closed is None or closed <= tried[0].checked_at


def cells_of(session: Session, measure: str) -> Cells:
    """The published cells of a measure."""
    return measured.by_place(figures.cells(session, measure=measure))


def found(session: Session, version: ActionVersion, at: datetime | None = None) -> Found | None:
    """What published quarters say of an action; None before it is done."""
    if version.done_on is None:
        return None
    cells = cells_of(session, version.measure)
    return measured.find(terms_of(version), version.done_on, cells, figures.closed_quarters(session, at))


def aid(session: Session, terms: Terms, at: datetime | None = None) -> Aid:
    """Where a measure stands before an action, and what could be detected with as many answers after it."""
    start = measured.baseline(terms, cells_of(session, terms.measure), figures.closed_quarters(session, at))
    compared = bool(terms.comparison)
    return Aid(start, detectable(start.treated, start.comparison, compared=compared))


def points(session: Session, version: ActionVersion, at: datetime | None = None) -> list[measured.Point]:
    """Every closed quarter of an action's measure, the oldest first."""
    return measured.points(terms_of(version), cells_of(session, version.measure), figures.closed_quarters(session, at))


def closed_after(session: Session, done_on: date) -> bool:
    """Whether a quarter wholly after a day is closed: from then on its terms are settled."""
    first = rules.whole_after(done_on)
    return any(quarter >= first for quarter in figures.closed_quarters(session))


def in_hindsight(session: Session, version: ActionVersion) -> bool:
    """Whether figures after an action were public already when it was settled what is measured."""
    if version.done_on is None:
        return False
    after = ClosedQuarter.quarter >= str(rules.whole_after(version.done_on))
    public = session.scalar(sa.select(sa.func.min(ClosedQuarter.closed_at)).where(after))
    terms = replace(terms_of(version), done_on=None)
    earlier = [one for one in versions(session, version.action_id) if one.id <= version.id]
    same = list(takewhile(lambda one: replace(terms_of(one), done_on=None) == terms, earlier))
    return public is not None and public < same[-1].recorded_at


def measures(session: Session) -> dict[str, Measure]:
    """Every question on a scale that is published or asked, by its key."""
    kinds = [kind.value for kind in ON_A_SCALE]
    columns = (PublishedCell.measure, PublishedCell.area, PublishedCell.kind)
    published = session.execute(sa.select(*columns).where(PublishedCell.kind.in_(kinds)).distinct())
    found = {key: Measure(key, area, kind, {}) for key, area, kind in published}
    for content in published_contents(session):
        for question in content.questions():
            if question.kind in ON_A_SCALE:
                found[question.key] = Measure(question.key, question.area, question.kind.value, question.text)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].area, pair[0])))


def owners(session: Session) -> list[Person]:
    """Everybody active who may see the feedback, by name: they can be given actions."""
    return people.people_with(session, FEEDBACK_READ)


def owner_names(session: Session) -> dict[int, str]:
    """Person → name, of everybody."""
    return {one.id: one.name for one in people.people(session)}
