"""Who may look at the campus's books and who may keep them, for the page routes."""

from typing import Annotated

from fastapi import Depends

from api.dependencies import CurrentPerson, with_scope
from core.people import access
from core.people.models import Person
from core.people.rules import CAMPUS_READ, CAMPUS_WRITE


def reader(person: CurrentPerson) -> Person:
    """Somebody who may look at the books."""
    return with_scope(person, CAMPUS_READ)


def keeper(person: CurrentPerson) -> Person:
    """Somebody who may change the books, and read the names of guests."""
    return with_scope(person, CAMPUS_WRITE)


Reader = Annotated[Person, Depends(reader)]
Keeper = Annotated[Person, Depends(keeper)]


def keeps(person: Person) -> bool:
    """Whether buttons that only a keeper may use, and the names of guests, are shown."""
    return access.of_person(person).may(CAMPUS_WRITE)
