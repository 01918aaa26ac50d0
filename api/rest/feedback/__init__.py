"""The guests' feedback and improvement actions for machines."""

from typing import Annotated

from api.callers import Caller, require_scope
from core.people.rules import CAMPUS_WRITE, FEEDBACK_RAW, FEEDBACK_READ, FEEDBACK_WRITE

FeedbackReader = Annotated[Caller, require_scope(FEEDBACK_READ, whole_service=True)]
FeedbackKeeper = Annotated[Caller, require_scope(FEEDBACK_WRITE, whole_service=True)]
RawReader = Annotated[Caller, require_scope(FEEDBACK_RAW, whole_service=True)]
Improver = Annotated[Caller, require_scope(FEEDBACK_WRITE, CAMPUS_WRITE, whole_service=True)]
