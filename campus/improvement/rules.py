"""The stages of an improvement action (plan, do, check, act), its terms, and what somebody has to do. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campus.feedback.quarters import Quarter, quarter_of
from core.errors import Conflict, InvalidInput
from core.i18n import format_number
from core.i18n import gettext as _

MOST_TEXT = 1000  # of a hypothesis or a lesson


class Stage(StrEnum):
    """The plan-do-check-act cycle, and its end."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"
    ENDED = "ended"


class Outcome(StrEnum):
    """What is decided at “act”."""

    ADOPTED = "adopted"  # it stays as it is
    ADAPTED = "adapted"  # it goes on in another form, as another action
    ABANDONED = "abandoned"


class Need(StrEnum):
    """What somebody has to do, the most urgent first."""

    OVERDUE = "overdue"  # it should have been done
    CHECK = "check"  # the day of the planned check has come
    DECIDE = "decide"  # the effect is known


STAGES = tuple(Stage)
OUTCOMES = tuple(Outcome)
BACK = {Stage.DO: Stage.PLAN, Stage.CHECK: Stage.DO, Stage.ACT: Stage.CHECK, Stage.ENDED: Stage.ACT}
"""The stage before each."""

WIDTHS = {"rating": 4.0, "score": 10.0, "yes_no": 100.0}
"""By kind of question, how many points its scale is wide: a yes or no counts in percentage points."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is measured. It is settled before the figures are there; with other terms, checks begin anew.

    `pavilions` are slugs of those that the action changes, empty for the whole campus; `done_on` is None until then.
    """

    measure: str
    pavilions: tuple[str, ...]
    comparison: tuple[str, ...]
    check_on: date
    done_on: date | None


def needs(stage: Stage, due: date, check_on: date, on: date, *, waits: bool) -> Need | None:
    """What somebody has to do on a day. `waits`: the check was tried, and no quarter was closed since."""
    if stage in (Stage.PLAN, Stage.DO):
        return Need.OVERDUE if due < on else None
    if stage is Stage.CHECK:
        return Need.CHECK if check_on <= on and not waits else None
    return Need.DECIDE if stage is Stage.ACT else None


def check_stage(stage: Stage, *allowed: Stage) -> None:
    """Raises `Conflict` for a step that does not follow the stage."""
    if stage not in allowed:
        raise Conflict(_("This step is not possible from the stage it is in. Reload to see what it is now."))


def checked_change(given: float, kind: str, place: str = "expected") -> float:
    """A change for the better, in points of the measure's scale. Raises `InvalidInput`."""
    width = WIDTHS[kind]
    if not 0 < given <= width:
        raise InvalidInput(_("must be more than 0 and at most %(most)s", most=format_number(width)), place=place)
    return given


def first_check(done: date) -> date:
    """The first day on which a whole quarter after this day is over."""
    return whole_after(done).until


def whole_after(day: date) -> Quarter:
    """The first quarter that lies wholly after a day."""
    return quarter_of(day).plus(1)
