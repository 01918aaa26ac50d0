"""What a check says of a page: outcomes per rule, and findings that name an element."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The four outcomes of a rule. Only `FAILED` can open a ticket by itself or fail a gate."""

    FAILED = "failed"
    NEEDS_REVIEW = "needs review"
    PASSED = "passed"
    NOT_APPLICABLE = "not applicable"


class Impact(StrEnum):
    """How much a failure hinders people, worst first."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """0 for critical to 3 for minor."""
        return list(Impact).index(self)

    def at_least(self, other: "Impact") -> bool:
        """True when this impact is `other` or worse."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in CSS pixels, from the top left of the document."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one element (or at the page itself: selector `html`), in one state of a page.

    `frame` lists the selectors of the iframes that lead to the element, outermost first. `selector` pierces open
    shadow roots with ` >>> `. `html` is bounded hostile text: escape it. `component` is the key by which the same
    problem is recognised on other pages and nights (see `component.py`), `described` the text that it is the hash of
    ("" where that is too long to keep). `steps` tell a person how to see it for themselves.
    """

    check: str
    rule: str
    criteria: tuple[str, ...]
    outcome: Outcome
    impact: Impact
    message: str
    help_url: str
    component: str
    selector: str
    frame: tuple[str, ...] = ()
    html: str = ""
    name: str = ""
    box: Box | None = None
    state: str = "page"
    described: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule said of one page as a whole, for the score."""

    check: str
    rule: str
    impact: Impact
    outcome: Outcome
