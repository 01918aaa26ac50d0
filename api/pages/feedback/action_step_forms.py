"""What each step of an improvement action asks for: its entries, its fields and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel

from api import improvement_words as words
from api.pages.campus.places_form import Field
from campus.improvement.rules import Outcome
from core.i18n import gettext as _
from core.i18n import lazy

StepName = Literal["start", "done", "without-verdict", "decide", "abandon", "back"]


class StartForm(BaseModel):
    """The day it was begun."""

    started_on: date

    errors: ClassVar = {"started_on": lazy("Enter the day it was begun, such as 27 3 2027.")}
    labels: ClassVar = {"started_on": lazy("The day")}


class DoneForm(BaseModel):
    """The day from which guests could feel it, and what it cost."""

    done_on: date
    cost_actual: str

    errors: ClassVar = {
        "done_on": lazy("Enter the day from which guests could feel it, such as 27 3 2027."),
        "cost_actual": lazy("Enter what it cost, such as 1200; 0 for nothing."),
    }
    labels: ClassVar = {"done_on": lazy("The day"), "cost_actual": lazy("The cost")}


class ReasonForm(BaseModel):
    """Why."""

    reason: str

    errors: ClassVar = {"reason": lazy("Say why.")}
    labels: ClassVar = {"reason": lazy("The reason")}


class LessonForm(BaseModel):
    """What was learnt."""

    lesson: str

    errors: ClassVar = {"lesson": lazy("Say what was learnt.")}
    labels: ClassVar = {"lesson": lazy("The lesson")}


class DecideForm(LessonForm):
    """What comes of it."""

    outcome: Outcome

    errors: ClassVar = LessonForm.errors | {"outcome": lazy("Choose what comes of it.")}


class FollowForm(BaseModel):
    """The action by which an adapted one goes on."""

    follow_name: str
    follow_due: date
    follow_check_on: date

    errors: ClassVar = {
        "follow_name": lazy("Enter the name of the action by which it goes on."),
        "follow_due": lazy("Enter the day by which the follow-up is to be done, such as 27 3 2027."),
        "follow_check_on": lazy("Enter the day of the follow-up's planned check, such as 1 10 2027."),
    }
    labels: ClassVar = {
        "outcome": lazy("What comes of it"),
        "follow_name": lazy("The follow-up"),
        "follow_due": lazy("The day the follow-up is due"),
        "follow_check_on": lazy("The day of the follow-up's check"),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """How a step is asked for: title of its page, what will happen, and the button."""

    title: object
    lead: object
    button: object
    danger: bool = False

    def named(self, name: str) -> str:
        """The title with the action's name."""
        return str(self.title) % {"name": name}


STEPS = {
    "start": Step(
        lazy("Begin “%(name)s”"),
        lazy("From now on somebody carries it out; the plan can still be changed."),
        lazy("Begin"),
    ),
    "done": Step(
        lazy("“%(name)s” is done"),
        lazy("What guests said in whole quarters before this day is compared with whole quarters after it."),
        lazy("It is done"),
    ),
    "without-verdict": Step(
        lazy("Decide on “%(name)s” without a verdict"),
        lazy("The figures do not tell yet. If you cannot wait for them, say why."),
        lazy("Go on to decide"),
    ),
    "decide": Step(
        lazy("What comes of “%(name)s”?"),
        lazy("With this the action ends. It can be taken a stage back."),
        lazy("Decide"),
    ),
    "abandon": Step(
        lazy("Give up “%(name)s”?"),
        lazy("It ends before its effect is known. What was planned stays in the history; you can undo this."),
        lazy("Give it up"),
        danger=True,
    ),
    "back": Step(
        lazy("Take “%(name)s” a stage back"),
        lazy("What belonged to the later stage becomes empty again, and stays in the history."),
        lazy("Take it back"),
    ),
}


def fields(step: StepName, *, goes_on: bool) -> Sequence[Field]:
    """The fields of a step; `goes_on`: there is a follow-up already."""
    reason = Field("textarea", "reason", _("Reason"))
    lesson = Field("textarea", "lesson", _("Lesson"), hint=_("What somebody should know who tries the same again."))
    match step:
        case "start":
            return [Field("date", "started_on", _("Begun on"))]
        case "done":
            hint = _("The day from which guests could feel it: the quarter it lies in counts for neither side.")
            cost = Field("field", "cost_actual", _("What it cost (EUR)"), width="10")
            return [Field("date", "done_on", _("Done on"), hint=hint), cost]
        case "without-verdict" | "back":
            return [reason]
        case "abandon":
            return [lesson]
        case "decide":
            hints = {
                Outcome.ADOPTED: _("It stays as it is."),
                Outcome.ADAPTED: _("It goes on in another form, as an action of its own."),
                Outcome.ABANDONED: _("It is not kept."),
            }
            options = [(one.value, words.OUTCOMES[one], said) for one, said in hints.items()]
            found = [Field("radios", "outcome", _("What comes of it"), options=options), lesson]
            return found if goes_on else [*found, *_follow_up()]


def _follow_up() -> Sequence[Field]:
    hint = _("Only where it is adapted: the rest of the plan is taken over, and can be changed there.")
    return [
        Field("field", "follow_name", _("Name of the follow-up"), hint=hint, optional=True, most=120),
        Field("date", "follow_due", _("Follow-up to be done by"), optional=True),
        Field("date", "follow_check_on", _("Planned check of the follow-up"), optional=True),
    ]
