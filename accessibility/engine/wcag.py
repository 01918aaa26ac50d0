"""The 50 success criteria of WCAG 2.1 at levels A and AA, as data."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion; `level` is "A" or "AA"."""

    number: str
    name: str
    level: str

    @property
    def principle(self) -> str:
        """The principle it belongs to: the first part of its number."""
        return PRINCIPLES[self.number[0]]

    @property
    def title(self) -> str:
        """Number, name and level for a person: `1.1.1 Non-text Content (A)`."""
        return f"{self.number} {self.name} ({self.level})"


PRINCIPLES = {"1": "Perceivable", "2": "Operable", "3": "Understandable", "4": "Robust"}

# https://www.w3.org/TR/WCAG21/
CRITERIA: tuple[Criterion, ...] = (
    Criterion("1.1.1", "Non-text Content", "A"),
    Criterion("1.2.1", "Audio-only and Video-only (Prerecorded)", "A"),
    Criterion("1.2.2", "Captions (Prerecorded)", "A"),
    Criterion("1.2.3", "Audio Description or Media Alternative (Prerecorded)", "A"),
    Criterion("1.2.4", "Captions (Live)", "AA"),
    Criterion("1.2.5", "Audio Description (Prerecorded)", "AA"),
    Criterion("1.3.1", "Info and Relationships", "A"),
    Criterion("1.3.2", "Meaningful Sequence", "A"),
    Criterion("1.3.3", "Sensory Characteristics", "A"),
    Criterion("1.3.4", "Orientation", "AA"),
    Criterion("1.3.5", "Identify Input Purpose", "AA"),
    Criterion("1.4.1", "Use of Color", "A"),
    Criterion("1.4.2", "Audio Control", "A"),
    Criterion("1.4.3", "Contrast (Minimum)", "AA"),
    Criterion("1.4.4", "Resize text", "AA"),
    Criterion("1.4.5", "Images of Text", "AA"),
    Criterion("1.4.10", "Reflow", "AA"),
    Criterion("1.4.11", "Non-text Contrast", "AA"),
    Criterion("1.4.12", "Text Spacing", "AA"),
    Criterion("1.4.13", "Content on Hover or Focus", "AA"),
    Criterion("2.1.1", "Keyboard", "A"),
    Criterion("2.1.2", "No Keyboard Trap", "A"),
    Criterion("2.1.4", "Character Key Shortcuts", "A"),
    Criterion("2.2.1", "Timing Adjustable", "A"),
    Criterion("2.2.2", "Pause, Stop, Hide", "A"),
    Criterion("2.3.1", "Three Flashes or Below Threshold", "A"),
    Criterion("2.4.1", "Bypass Blocks", "A"),
    Criterion("2.4.2", "Page Titled", "A"),
    Criterion("2.4.3", "Focus Order", "A"),
    Criterion("2.4.4", "Link Purpose (In Context)", "A"),
    Criterion("2.4.5", "Multiple Ways", "AA"),
    Criterion("2.4.6", "Headings and Labels", "AA"),
    Criterion("2.4.7", "Focus Visible", "AA"),
    Criterion("2.5.1", "Pointer Gestures", "A"),
    Criterion("2.5.2", "Pointer Cancellation", "A"),
    Criterion("2.5.3", "Label in Name", "A"),
    Criterion("2.5.4", "Motion Actuation", "A"),
    Criterion("3.1.1", "Language of Page", "A"),
    Criterion("3.1.2", "Language of Parts", "AA"),
    Criterion("3.2.1", "On Focus", "A"),
    Criterion("3.2.2", "On Input", "A"),
    Criterion("3.2.3", "Consistent Navigation", "AA"),
    Criterion("3.2.4", "Consistent Identification", "AA"),
    Criterion("3.3.1", "Error Identification", "A"),
    Criterion("3.3.2", "Labels or Instructions", "A"),
    Criterion("3.3.3", "Error Suggestion", "AA"),
    Criterion("3.3.4", "Error Prevention (Legal, Financial, Data)", "AA"),
    Criterion("4.1.1", "Parsing", "A"),
    Criterion("4.1.2", "Name, Role, Value", "A"),
    Criterion("4.1.3", "Status Messages", "AA"),
)

BY_NUMBER = {criterion.number: criterion for criterion in CRITERIA}
_BY_AXE_TAG = {"wcag" + criterion.number.replace(".", ""): criterion.number for criterion in CRITERIA}


def criteria_of_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The numbers that axe's tags name, in the standard's order: `["wcag2a", "wcag1410"]` gives `("1.4.10",)`."""
    named = {_BY_AXE_TAG[tag] for tag in tags if tag in _BY_AXE_TAG}
    return tuple(number for number in BY_NUMBER if number in named)


def title(number: str) -> str:
    """What a person reads for a criterion; the bare number where it is not one of the 50."""
    criterion = BY_NUMBER.get(number)
    return criterion.title if criterion else number
