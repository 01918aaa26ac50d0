"""Who may see and who may change the accessibility half, for the page routes."""

from typing import Annotated

from api.dependencies import may, require
from core.people.models import Person

READERS = ("viewer", "facilities", "quality", "accessibility")
KEEPERS = ("accessibility",)

Reader = Annotated[Person, require(*READERS)]
"""Somebody who may look at audits and tickets."""

Keeper = Annotated[Person, require(*KEEPERS)]
"""Somebody who may change platforms and tickets and run audits."""


def keeps(person: Person) -> bool:
    """Whether buttons that only a keeper may use are shown."""
    return may(person, *KEEPERS)
