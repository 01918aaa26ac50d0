"""Every SELECT on answer points, what responses need to come in, and how those of a quarter are found."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.quarters import Quarter
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.responses.models import AnswerPoint, Response
from campus.places.models import Event, Pavilion, Room, Segment
from campus.printed_keys import unspelt
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class PointLine:
    """An answer point with what it belongs to. Neither pavilion nor event: the whole campus."""

    point: AnswerPoint
    questionnaire: Questionnaire
    pavilion: Pavilion | None
    event: Event | None

    @property
    def place(self) -> str:
        """The name of its pavilion or event; empty for the whole campus."""
        found = self.pavilion or self.event
        return found.name if found else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a response comes from, each by its short name; "" for what is not known. `origin` is of `rules.ORIGINS`."""

    response_id: str
    language: str
    pavilion: str
    event: str
    segment: str
    origin: str


def points(session: Session) -> list[PointLine]:
    """All answer points: the open ones first, then by questionnaire and place."""
    lines = [PointLine(*row) for row in session.execute(_points())]
    return sorted(lines, key=lambda line: (line.point.ended_at is not None, line.questionnaire.name, line.place))


def point(session: Session, point_id: int) -> PointLine:
    """One of them. Raises `NotFound`."""
    row = session.execute(_points().where(AnswerPoint.id == point_id)).first()
    if row is None:
        raise NotFound(_("There is no such answer point."))
    return PointLine(*row)


def point_of_key(session: Session, given: str) -> AnswerPoint | None:
    """The point of this key, however it was typed; None for no key of ours."""
    return session.scalar(sa.select(AnswerPoint).where(AnswerPoint.key == unspelt(given)))


def open_point_at(
    session: Session, questionnaire_id: int, pavilion_id: int | None, event_id: int | None
) -> AnswerPoint | None:
    """The open point that asks this there already."""
    return session.scalar(
        sa.select(AnswerPoint).where(
            AnswerPoint.questionnaire_id == questionnaire_id,
            AnswerPoint.pavilion_id.is_(None) if pavilion_id is None else AnswerPoint.pavilion_id == pavilion_id,
            AnswerPoint.event_id.is_(None) if event_id is None else AnswerPoint.event_id == event_id,
            AnswerPoint.ended_at.is_(None),
        )
    )


def place_names(session: Session, pavilion_id: int | None, event_id: int | None) -> dict[str, str]:
    """What stands for `pavilion` and `event` in the texts of a questionnaire, as far as there is one."""
    pavilion = session.get(Pavilion, pavilion_id) if pavilion_id is not None else None
    event = session.get(Event, event_id) if event_id is not None else None
    return {name: row.name for name, row in (("pavilion", pavilion), ("event", event)) if row is not None}


def begun_version(session: Session, questionnaire_id: int, version_id: int) -> QuestionnaireVersion | None:
    """The version that a guest began with: published, and of this questionnaire. None for any other."""
    version = session.get(QuestionnaireVersion, version_id)
    fits = version is not None and version.published_at and version.questionnaire_id == questionnaire_id
    return version if fits else None


def is_there(session: Session, response_id: str) -> bool:
    """Whether this response came in already."""
    return session.scalar(sa.select(sa.exists().where(Response.id == response_id))) or False


def in_quarter(quarter: Quarter) -> sa.ColumnElement[bool]:
    """The responses of a quarter: those whose week begins in it."""
    return sa.and_(Response.week >= quarter.first, Response.week < quarter.until)


def origins(session: Session, quarter: Quarter) -> list[Origin]:
    """Where every response of a quarter comes from: for what counts or masks them, never for a reader."""
    rows = sa.select(Response.id, Response.language, Pavilion.slug, Event.slug, Segment.slug, Response.origin)
    for table, column in ((Pavilion, Response.pavilion_id), (Event, Response.event_id), (Segment, Response.segment_id)):
        rows = rows.outerjoin(table, column == table.id)
    return [Origin(*(one or "" for one in row)) for row in session.execute(rows.where(in_quarter(quarter)))]


def room_numbers(session: Session) -> frozenset[str]:
    """Every room number of the campus, which no comment may hold."""
    return frozenset(session.scalars(sa.select(Room.number).distinct()))


def _points() -> sa.Select[AnswerPoint, Questionnaire, Pavilion, Event]:
    return (
        sa.select(AnswerPoint, Questionnaire, Pavilion, Event)
        .join(Questionnaire, Questionnaire.id == AnswerPoint.questionnaire_id)
        .outerjoin(Pavilion, Pavilion.id == AnswerPoint.pavilion_id)
        .outerjoin(Event, Event.id == AnswerPoint.event_id)
    )
