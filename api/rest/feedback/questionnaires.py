"""Questionnaires for machines: read every version, write the draft, publish it.

The ETag is that of the questionnaire as a whole: it changes with each change of it and of its versions by staff.
"""

from typing import Annotated

from fastapi import Path, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper, FeedbackReader
from api.rest.feedback.questionnaire_schemas import (
    ContentBody,
    GivenPublication,
    GivenQuestionnaire,
    QuestionnaireOut,
    VersionDetail,
    VersionOut,
    content_of,
    questionnaire_out,
    version_detail,
    version_out,
)
from api.rest.given import Nothing
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.questionnaires import actions, checking, editing, queries
from campus.feedback.questionnaires.content import parsed
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.questionnaires.standard import standard
from core import guest_texts

router = rest_router("feedback", "/feedback/questionnaires")
Slug = Annotated[str, Path(max_length=64)]


@router.get("")
def list_questionnaires(
    _caller: FeedbackReader, session: Reading, part: WantedPart, response: Response
) -> list[QuestionnaireOut]:
    """All questionnaires, by name."""
    found = queries.questionnaires(session)
    tell_pages(response, part, len(found))
    return [_out(session, one) for one in found[part.offset : part.offset + part.size]]


@router.post("", status_code=201)
def add_questionnaire(
    given: GivenQuestionnaire, caller: FeedbackKeeper, session: Writing, response: Response
) -> QuestionnaireOut:
    """Add a questionnaire with a draft."""
    content = standard() if given.start == "standard" else editing.empty([guest_texts.SOURCE])
    made = actions.add(session, given.name, content, caller.actor, given.slug)
    questionnaire = session.get_one(Questionnaire, made.questionnaire_id)
    response.headers["Location"] = f"{rest.PREFIX}/feedback/questionnaires/{questionnaire.slug}"
    return _answer(session, questionnaire, response)


@router.get("/{slug}")
def get_questionnaire(slug: Slug, _caller: FeedbackReader, session: Reading, response: Response) -> QuestionnaireOut:
    """One questionnaire."""
    return _answer(session, queries.questionnaire(session, slug), response)


@router.get("/{slug}/versions")
def list_questionnaire_versions(slug: Slug, _caller: FeedbackReader, session: Reading) -> list[VersionOut]:
    """All its versions, the newest first."""
    questionnaire = queries.questionnaire(session, slug)
    live = queries.published(session, questionnaire.id)
    return [version_out(one, live) for one in queries.versions(session, questionnaire.id)]


@router.get("/{slug}/versions/{number}")
def get_questionnaire_version(
    slug: Slug, number: Id, _caller: FeedbackReader, session: Reading, response: Response
) -> VersionDetail:
    """One version with all that it asks."""
    questionnaire = queries.questionnaire(session, slug)
    return _version(session, questionnaire, queries.version(session, questionnaire.id, number), response)


@router.post("/{slug}/draft", status_code=201)
def start_questionnaire_draft(
    slug: Slug,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> VersionDetail:
    """Begin the next version as a copy of the newest."""
    questionnaire = _expected(session, slug, version)
    made = actions.start_draft(session, questionnaire, caller.actor, version)
    response.headers["Location"] = f"{rest.PREFIX}/feedback/questionnaires/{slug}/draft"
    return _version(session, questionnaire, made, response)


@router.get("/{slug}/draft")
def get_questionnaire_draft(slug: Slug, _caller: FeedbackReader, session: Reading, response: Response) -> VersionDetail:
    """The draft, and what hinders publishing it."""
    questionnaire = queries.questionnaire(session, slug)
    return _version(session, questionnaire, actions.the_draft(session, questionnaire), response)


@router.put("/{slug}/draft")
def put_questionnaire_draft(
    slug: Slug,
    given: ContentBody,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> VersionDetail:
    """Write all that the draft asks. It may be unfinished: the answer tells what hinders publishing it."""
    questionnaire = _expected(session, slug, version)
    changed = actions.change_draft(session, questionnaire, content_of(given), caller.actor, version)
    return _version(session, questionnaire, changed, response)


@router.delete("/{slug}/draft", status_code=204)
def drop_questionnaire_draft(slug: Slug, caller: FeedbackKeeper, session: Writing, version: ExpectedVersion) -> None:
    """Drop the draft; the trail keeps what stood in it."""
    actions.drop_draft(session, _expected(session, slug, version), caller.actor, version)


@router.post("/{slug}/publish")
def publish_questionnaire(
    slug: Slug,
    given: GivenPublication,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> VersionDetail:
    """Give the draft to guests. A draft with faults is refused by the first of them."""
    questionnaire = _expected(session, slug, version)
    done = actions.publish(session, questionnaire, caller.actor, version, same_meaning=given.same_meaning)
    return _version(session, questionnaire, done, response)


@router.post("/{slug}/withdraw")
def withdraw_questionnaire(
    slug: Slug,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
    _given: Nothing | None = None,
) -> VersionDetail:
    """Make the published version a draft again, as long as no guest has opened it."""
    questionnaire = _expected(session, slug, version)
    return _version(session, questionnaire, actions.withdraw(session, questionnaire, caller.actor, version), response)


def _expected(session: Session, slug: str, version: int) -> Questionnaire:
    questionnaire = queries.questionnaire(session, slug)
    must_be(questionnaire.version, version)
    return questionnaire


def _answer(session: Session, questionnaire: Questionnaire, response: Response) -> QuestionnaireOut:
    response.headers["ETag"] = etag(questionnaire.version)
    return _out(session, questionnaire)


def _out(session: Session, one: Questionnaire) -> QuestionnaireOut:
    return questionnaire_out(one, queries.published(session, one.id), queries.draft(session, one.id))


def _version(
    session: Session, questionnaire: Questionnaire, version: QuestionnaireVersion, response: Response
) -> VersionDetail:
    response.headers["ETag"] = etag(questionnaire.version)
    faults = [] if version.published_at else checking.faults(parsed(version.content), queries.earlier(session, version))
    return version_detail(version, queries.published(session, questionnaire.id), faults)
