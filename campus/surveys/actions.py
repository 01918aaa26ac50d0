"""The way of an earlier survey into the books: kept, its columns chosen, then brought in as it was seen, or not at all.

Responses belong to their quarter and are published when it closes: into a closed quarter nothing comes, so that a
second look at its figures tells nothing more.
"""

from datetime import timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.comments.models import Comment
from campus.feedback.figures import queries as figures
from campus.feedback.quarters import quarter_of
from campus.feedback.questionnaires.content import Content, parsed
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.feedback.responses import actions as responses
from campus.feedback.responses.models import Answer, Response
from campus.surveys import mapping, queries
from campus.surveys.mapping import Choices
from campus.surveys.models import SurveyImport
from campus.surveys.plan import Plan, make_plan
from campus.surveys.rules import KEPT_DAYS, State
from campus.tables.sheets import Sheet
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import ngettext, today

SUBJECT = "survey_import"
CHUNK = 500


class Otherwise(Conflict):
    """What the rows would do changed since it was seen."""

    def __init__(self) -> None:
        super().__init__(_("The books changed since you looked, so nothing was imported. Look again."))


def upload(
    session: Session, version: QuestionnaireVersion, file: tuple[str, Sheet], content: bytes, actor: str
) -> SurveyImport:
    """Keep a file that was read. Raises `Conflict` for one that was brought in already."""
    name, sheet = file
    digest = sha256(content).hexdigest()
    if queries.done_with(session, digest) is not None:
        raise Conflict(_("This file was imported already. Undo that import first."))
    made = SurveyImport(
        version_id=version.id,
        state=State.UPLOADED.value,
        file_name=name,
        sha256=digest,
        content=content,
        choices=mapping.proposed(parsed(version.content), sheet).as_json(),
        counts={},
        written=[],
        uploaded_at=clock.now(),
        uploaded_by=actor,
        delete_after=today() + timedelta(days=KEPT_DAYS),
    )
    session.add(made)
    session.flush()
    trail.record(session, actor, "survey.upload", SUBJECT, made.id, after={"sha256": digest})
    return made


def choose(found: SurveyImport, choices: Choices) -> None:
    """Keep what was chosen. Raises `Conflict` for an import that is over."""
    must_wait(found)
    found.choices = choices.as_json()


def carry_out(
    session: Session, found: SurveyImport, content: Content, sheet: Sheet, *, digest: str, only_fine: bool, actor: str
) -> Plan:
    """Bring in what was seen and delete the file.

    Raises `Otherwise` when the plan is not any more the one with this `digest`, and `Conflict` where rows are refused
    that nobody agreed to leave out, or none is fine: then nothing is written.
    """
    must_wait(found)
    plan = make_plan(session, found.version_id, content, sheet, queries.choices_of(found))
    if plan.digest != digest:
        raise Otherwise
    if plan.problems and not only_fine:
        raise Conflict(
            ngettext(
                "%(n)s row is refused, so nothing was imported. Mend it, or import only the rows that are fine.",
                "%(n)s rows are refused, so nothing was imported. Mend them, or import only the rows that are fine.",
                len(plan.problems),
            )
        )
    if not plan.rows:
        raise Conflict(_("No row is fine, so nothing was imported."))
    responses.add_all(session, ((row.given, row.day) for row in plan.rows))
    session.execute(
        sa.update(QuestionnaireVersion).where(QuestionnaireVersion.id == found.version_id).values(used=True)
    )
    found.state, found.content = State.DONE.value, None
    found.written = sorted(row.given.id for row in plan.rows)
    found.counts = {"responses": len(plan.rows), "refused": len(plan.problems)}
    found.ended_at, found.ended_by = clock.now(), actor
    session.flush()
    trail.record(session, actor, "survey.import", SUBJECT, found.id, after=dict(found.counts))
    return plan


def undo(session: Session, found: SurveyImport, actor: str) -> int:
    """Delete its responses; how many. Raises `Conflict` once one of their quarters is closed."""
    if found.state != State.DONE:
        raise Conflict(_("Only an import that was carried out can be undone."))
    if not found.written or _is_published(session, found):
        raise Conflict(_("Its figures are published: it can no longer be undone."))
    for begin in range(0, len(found.written), CHUNK):
        ids = found.written[begin : begin + CHUNK]
        for table in (Answer, Comment):
            session.execute(sa.delete(table).where(table.response_id.in_(ids)))
        session.execute(sa.delete(Response).where(Response.id.in_(ids)))
    number, found.written = len(found.written), []
    found.state, found.ended_at, found.ended_by = State.UNDONE.value, clock.now(), actor
    session.flush()
    trail.record(session, actor, "survey.undo", SUBJECT, found.id)
    return number


def discard(session: Session, found: SurveyImport, actor: str) -> None:
    """Give up an import that was not carried out: the file is deleted for good."""
    must_wait(found)
    trail.record(session, actor, "survey.discard", SUBJECT, found.id)
    session.delete(found)
    session.flush()


def forget(session: Session) -> int:
    """Delete files that nobody brought in, and the ids of responses whose figures are published; how many files."""
    never = sa.and_(SurveyImport.state == State.UPLOADED.value, SurveyImport.delete_after < today())
    files = session.scalars(sa.select(SurveyImport.id).where(never)).all()
    session.execute(sa.delete(SurveyImport).where(never))
    for found in session.scalars(sa.select(SurveyImport).where(SurveyImport.state == State.DONE.value)):
        if found.written and _is_published(session, found):
            found.written = []
    session.flush()
    return len(files)


def must_wait(found: SurveyImport) -> None:
    """Raises `Conflict` for an import that is over."""
    if found.state != State.UPLOADED:
        raise Conflict(_("This import is over already."))


def _is_published(session: Session, found: SurveyImport) -> bool:
    closed = set(figures.closed_quarters(session))
    weeks = (
        week
        for begin in range(0, len(found.written), CHUNK)
        for week in session.scalars(
            sa.select(Response.week).where(Response.id.in_(found.written[begin : begin + CHUNK])).distinct()
        )
    )
    return any(quarter_of(week) in closed for week in weeks)
