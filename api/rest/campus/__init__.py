"""The campus's books for machines."""

from typing import Annotated

from api.callers import Caller, require_scope
from core.people.rules import CAMPUS_READ, CAMPUS_WRITE

Reader = Annotated[Caller, require_scope(CAMPUS_READ, whole_service=True)]
Keeper = Annotated[Caller, require_scope(CAMPUS_WRITE, whole_service=True)]
