"""The answers of a quarter as its closing counts them: the only SELECTs on single answers for figures."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures import rules
from campus.feedback.figures.suppression import LEAST
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires.content import Content, Kind, Question, parsed, wording
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses import rules as responses
from campus.feedback.responses.models import Answer, Response
from campus.feedback.responses.queries import in_quarter, origins
from campus.places.models import Event, Pavilion, Segment
from core.i18n import today

Group = tuple[str, str]  # dimension and thing
AFTER_EVENT = timedelta(days=60)  # guests of an event may answer so long afterwards


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the newest version puts it, with the options of all; its answers by response.

    `opened_by`: questions whose answers open it.
    """

    question: Question
    answers: dict[str, str]
    wordings: list[str]
    opened_by: frozenset[str]


def groups(session: Session, quarter: Quarter) -> dict[Group, frozenset[str]]:
    """The responses of each group of guests; a response belongs to several. Events are groups only here."""
    found: dict[Group, set[str]] = defaultdict(set)
    for one in origins(session, quarter):
        named = {
            rules.LANGUAGE: one.language,
            rules.PAVILION: one.pavilion,
            rules.EVENT: one.event,
            rules.SEGMENT: one.segment,
        }
        for dimension, thing in named.items():
            if thing:
                found[dimension, thing].add(one.response_id)
        found[rules.ALL, ""].add(one.response_id)
    return {group: frozenset(guests) for group, guests in found.items()}


def imported(session: Session, quarter: Quarter) -> frozenset[str]:
    """The responses that somebody brought in, who knows what they say."""
    came = sa.and_(in_quarter(quarter), Response.origin == responses.IMPORT)
    return frozenset(session.scalars(sa.select(Response.id).where(came)))


def things(session: Session, quarter: Quarter) -> Iterator[Group]:
    """The groups that are told of whether anybody of them answered or not."""
    yield rules.ALL, ""
    for dimension, table in ((rules.PAVILION, Pavilion), (rules.SEGMENT, Segment)):
        yield from ((dimension, slug) for slug in session.scalars(sa.select(table.slug)))
    held = sa.and_(Event.first < quarter.until, Event.until > quarter.first - AFTER_EVENT)
    yield from ((rules.EVENT, slug) for slug in session.scalars(sa.select(Event.slug).where(held)))
    spoken = {language for content in _contents(session, quarter) for language in content.languages}
    yield from ((rules.LANGUAGE, language) for language in spoken)


def asked(session: Session, quarter: Quarter) -> list[Asked]:
    """Every question that was on offer, in the order of the questionnaires; answers of another kind do not count."""
    contents = _contents(session, quarter)
    given: dict[str, dict[str, str]] = defaultdict(dict)
    rows = sa.select(Answer.question, Answer.response_id, Answer.value)
    for key, guest, value in session.execute(
        rows.join(Response, Answer.response_id == Response.id).where(in_quarter(quarter))
    ):
        given[key][guest] = value
    found: dict[str, Asked] = {}
    for one in (question for content in contents for question in content.questions()):
        if one.key not in found and one.kind is not Kind.TEXT:
            same = [other for content in contents if (other := content.question(one.key)) and other.kind is one.kind]
            question = replace(one, options=tuple({o.key: o for other in same[::-1] for o in other.options}.values()))
            told = {guest: value for guest, value in given[one.key].items() if value in question.values}
            opened_by = frozenset(other.only_if.question for other in same if other.only_if)
            found[one.key] = Asked(question, told, sorted({wording(other) for other in same}), opened_by)
    return list(found.values())


def quarters_with_answers(session: Session) -> set[Quarter]:
    """Of the responses that are there."""
    return {quarter_of(week) for week in session.scalars(sa.select(Response.week).distinct())}


def quarters_on_offer(session: Session) -> set[Quarter]:
    """From the first day on which guests could answer a questionnaire to today's quarter."""
    first = session.scalar(sa.select(sa.func.min(QuestionnaireVersion.published_at)).where(QuestionnaireVersion.used))
    found, quarter = set(), quarter_of(week_of(today()))
    while first and quarter >= quarter_of(first.date()):
        found.add(quarter)
        quarter = quarter.plus(-1)
    return found


def _contents(session: Session, quarter: Quarter) -> list[Content]:
    """Of the versions that guests could answer in a quarter, the newest first; others only with enough responses.

    A version on offer counts whether anybody answered it or not: otherwise the list of questions would tell of guests.
    """
    versions = sa.select(QuestionnaireVersion).order_by(QuestionnaireVersion.id.desc())
    answered = sa.select(Response.version_id).where(in_quarter(quarter)).group_by(Response.version_id)
    enough = set(session.scalars(answered.having(sa.func.count() >= LEAST)))
    followed: dict[int, Quarter] = {}  # when the next version of a questionnaire was published
    found = []
    for one in session.scalars(versions):
        offered = False
        if one.published_at and one.used:
            begun = quarter_of(one.published_at.date())
            offered = begun <= quarter <= followed.get(one.questionnaire_id, quarter)
            followed[one.questionnaire_id] = begun
        if offered or one.id in enough:
            found.append(parsed(one.content))
    return found
