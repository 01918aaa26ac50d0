"""What a check of ours can find: its rules, each with the criteria that it speaks of and how far it decides them."""

from dataclasses import dataclass
from enum import StrEnum

from accessibility.engine.finding import Impact
from accessibility.engine.profile import Profile

__all__ = ("Profile", "Reach", "Rule")

UNDERSTANDING = "https://www.w3.org/WAI/WCAG21/Understanding/"


class Reach(StrEnum):
    """How far a rule decides the criteria that it names; `docs/conformance.md` is made of it."""

    FULLY = "fully"  # what it does not report is no failure of the criterion
    PARTLY = "partly"  # it knows some failures for certain
    ASKS = "asks"  # it only finds where a person has to decide, and puts the question


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong.

    `title` says what must hold (a marked text, translated where it is shown); `criteria` are numbers such as "2.1.2",
    the principal one first; `act` are ids of the W3C ACT rules that it implements; `understanding` is the last part of
    the address of the W3C's explanation.
    """

    id: str
    title: str
    criteria: tuple[str, ...]
    impact: Impact
    reach: Reach
    understanding: str
    act: tuple[str, ...] = ()

    @property
    def help_url(self) -> str:
        """Where the W3C explains the criterion."""
        return UNDERSTANDING + self.understanding
