"""Who may look at the guests' feedback and who looks after it, for the page routes."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentPerson, not_in_roles, with_scope
from core.people import access
from core.people.models import Person
from core.people.rules import CAMPUS_WRITE, FEEDBACK_RAW, FEEDBACK_READ, FEEDBACK_WRITE


def feedback_reader(person: CurrentPerson) -> Person:
    """Somebody who may see published figures and redacted comments."""
    return with_scope(person, FEEDBACK_READ)


def feedback_keeper(person: CurrentPerson) -> Person:
    """Somebody who looks after questionnaires, comments, cases and actions."""
    return with_scope(person, FEEDBACK_WRITE)


def raw_reader(person: CurrentPerson) -> Person:
    """Somebody who may export single answers."""
    return with_scope(person, FEEDBACK_RAW)


def improver(person: CurrentPerson) -> Person:
    """Somebody who looks after improvement actions: a keeper of the feedback, or of the campus's books."""
    if not improves(person):
        raise not_in_roles()
    return person


FeedbackReader = Annotated[Person, Depends(feedback_reader)]
FeedbackKeeper = Annotated[Person, Depends(feedback_keeper)]
RawReader = Annotated[Person, Depends(raw_reader)]
Improver = Annotated[Person, Depends(improver)]


def looks_after(person: Person) -> bool:
    """Whether buttons that only a keeper of the feedback may use are shown."""
    return access.of_person(person).may(FEEDBACK_WRITE)


def improves(person: Person) -> bool:
    """Whether buttons that only an improver may use are shown."""
    rights = access.of_person(person)
    return rights.may(FEEDBACK_WRITE) or rights.may(CAMPUS_WRITE)
