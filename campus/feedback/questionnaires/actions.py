"""Every change of a questionnaire. Of what a guest has opened nothing changes any more.

Whoever changes something names the version of the questionnaire that they looked at: where somebody was faster, they
are told and nothing is written.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from campus.feedback.questionnaires import changes, checking, queries
from campus.feedback.questionnaires.content import Content, parsed, stored
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.places import rules as places
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _

SUBJECT = "questionnaire"


def add(session: Session, name: str, content: Content, actor: str, slug: str = "") -> QuestionnaireVersion:
    """Add a questionnaire, whose first version is a draft of this content. Raises `InvalidInput`, `Conflict`."""
    name = places.checked_name(name)
    taken = set(session.scalars(sa.select(Questionnaire.slug)))
    slug = places.checked_slug(slug) if slug else places.slug_of(name, taken, "questionnaire")
    if slug in taken:
        raise Conflict(_("The short name “%(slug)s” is taken.", slug=slug))
    checking.must_be_storable(content)
    made = Questionnaire(slug=slug, name=name)
    session.add(made)
    session.flush()
    version = QuestionnaireVersion(questionnaire_id=made.id, number=1, content=stored(content))
    session.add(version)
    session.flush()
    trail.record(session, actor, "questionnaire.add", SUBJECT, made.id, after={"name": name, "slug": slug})
    return version


def rename(session: Session, questionnaire: Questionnaire, name: str, actor: str, expected: int) -> None:
    """Call it otherwise, for staff. Raises `InvalidInput`, `Conflict`."""
    must_be(questionnaire, expected)
    before, after = questionnaire.name, places.checked_name(name)
    if after != before:
        questionnaire.name = after
        _tell(session, questionnaire, actor, "questionnaire.rename", {"name": before}, {"name": after})


def change_draft(
    session: Session, questionnaire: Questionnaire, content: Content, actor: str, expected: int
) -> QuestionnaireVersion:
    """Write another content into the draft. Raises `NotFound`, `Conflict`, `InvalidInput` naming the place."""
    must_be(questionnaire, expected)
    draft = the_draft(session, questionnaire)
    checking.must_be_storable(content)
    before, after = changes.leaves(parsed(draft.content)), changes.leaves(content)
    if draft.content != stored(content):
        draft.content = stored(content)
        gone = {place: one for place, one in before.items() if after.get(place) != one}
        new = {place: one for place, one in after.items() if before.get(place) != one}
        _tell(session, questionnaire, actor, "questionnaire.change", gone, new)
    return draft


def publish(
    session: Session, questionnaire: Questionnaire, actor: str, expected: int, *, same_meaning: bool = False
) -> QuestionnaireVersion:
    """Give the draft to guests from now on.

    `same_meaning` says that somebody read what was reworded and found that it means the same; it is needed where
    answers will be joined under a new wording. Raises `NotFound`, `Conflict`, `InvalidInput` for the first fault.
    """
    must_be(questionnaire, expected)
    draft = the_draft(session, questionnaire)
    content, earlier = parsed(draft.content), queries.earlier(session, draft)
    if faults := checking.faults(content, earlier):
        raise InvalidInput(faults[0].message, place=faults[0].place)
    if changes.reworded_keys(content, earlier) and not same_meaning:
        raise InvalidInput(
            _("Say that the reworded questions and options mean the same as before, or give them new keys."),
            place="same_meaning",
        )
    draft.published_at = clock.now()
    told = {"number": draft.number, "same_meaning": same_meaning}
    _tell(session, questionnaire, actor, "questionnaire.publish", None, told)
    return draft


def withdraw(session: Session, questionnaire: Questionnaire, actor: str, expected: int) -> QuestionnaireVersion:
    """Make the published version a draft again, as long as no guest has opened it. Raises `Conflict`."""
    must_be(questionnaire, expected)
    version = queries.published(session, questionnaire.id)
    if version is None:
        raise Conflict(_("No version is published."))
    if version.used:
        raise Conflict(_("Guests have used this version: it never changes. Make a new version."))
    if queries.draft(session, questionnaire.id):
        raise Conflict(_("There is a draft already: publish or drop it first."))
    version.published_at = None
    _tell(session, questionnaire, actor, "questionnaire.withdraw", {"number": version.number}, None)
    return version


def start_draft(session: Session, questionnaire: Questionnaire, actor: str, expected: int) -> QuestionnaireVersion:
    """Begin the next version as a copy of the newest. Raises `Conflict` where a draft is there."""
    must_be(questionnaire, expected)
    newest = queries.versions(session, questionnaire.id)[0]
    if newest.published_at is None:
        raise Conflict(_("There is a draft already: publish or drop it first."))
    draft = QuestionnaireVersion(
        questionnaire_id=questionnaire.id, number=newest.number + 1, content=stored(parsed(newest.content))
    )
    session.add(draft)
    _tell(session, questionnaire, actor, "questionnaire.draft", None, {"number": draft.number})
    return draft


def drop_draft(session: Session, questionnaire: Questionnaire, actor: str, expected: int) -> None:
    """Throw the draft away. The trail keeps what stood in it. Raises `NotFound`, `Conflict` for the only version."""
    must_be(questionnaire, expected)
    draft = the_draft(session, questionnaire)
    if draft.number == 1:
        raise Conflict(_("It is the only version: change it instead."))
    before = {"number": draft.number} | changes.leaves(parsed(draft.content))
    session.delete(draft)
    _tell(session, questionnaire, actor, "questionnaire.drop", before, None)


def mark_used(session: Session, version: QuestionnaireVersion) -> None:
    """A guest has opened it: from now on it is frozen. The trail is not told, as that would tell the time of a guest.

    Raises `Conflict` where it is published no more.
    """
    if version.used:
        return
    if version.published_at is None:
        raise Conflict(_("This version is published no more."))
    version.used = True
    session.flush()


def the_draft(session: Session, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """The draft. Raises `NotFound`."""
    draft = queries.draft(session, questionnaire.id)
    if draft is None:
        raise NotFound(_("There is no draft of this questionnaire."))
    return draft


def must_be(questionnaire: Questionnaire, expected: int) -> None:
    """Raises `Conflict` when somebody changed it since the version that was looked at."""
    if questionnaire.version != expected:
        raise Conflict(_("Somebody changed this questionnaire meanwhile. Nothing of yours is saved yet."))


def _tell(
    session: Session,
    questionnaire: Questionnaire,
    actor: str,
    action: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    flag_modified(questionnaire, "name")  # its own version grows with each change of its versions
    session.flush()
    trail.record(session, actor, action, SUBJECT, questionnaire.id, before=before, after=after)
