"""The 50 success criteria of WCAG 2.1 at levels A and AA, as data."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import gettext, marked


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion; `name` is the English one, `level` is "A" or "AA"."""

    number: str
    name: str
    level: str

    @property
    def principle(self) -> str:
        """The principle it belongs to: the first part of its number."""
        return PRINCIPLES[self.number[0]]

    @property
    def slug(self) -> str:
        """The name as it stands in the addresses of the W3C: `non-text-content`."""
        return "-".join(re.sub(r"[^a-z0-9 -]", "", self.name.lower()).split())

    @property
    def shown_name(self) -> str:
        """The name in the visitor's language, as the standard's official translation has it."""
        return gettext(self.name)

    @property
    def title(self) -> str:
        """Number, name and level for a person: `1.1.1 Non-text Content (A)`."""
        return f"{self.number} {self.shown_name} ({self.level})"


PRINCIPLES = {"1": "Perceivable", "2": "Operable", "3": "Understandable", "4": "Robust"}

# https://www.w3.org/TR/WCAG21/
CRITERIA: tuple[Criterion, ...] = (
    Criterion("1.1.1", marked("Non-text Content"), "A"),
    Criterion("1.2.1", marked("Audio-only and Video-only (Prerecorded)"), "A"),
    Criterion("1.2.2", marked("Captions (Prerecorded)"), "A"),
    Criterion("1.2.3", marked("Audio Description or Media Alternative (Prerecorded)"), "A"),
    Criterion("1.2.4", marked("Captions (Live)"), "AA"),
    Criterion("1.2.5", marked("Audio Description (Prerecorded)"), "AA"),
    Criterion("1.3.1", marked("Info and Relationships"), "A"),
    Criterion("1.3.2", marked("Meaningful Sequence"), "A"),
    Criterion("1.3.3", marked("Sensory Characteristics"), "A"),
    Criterion("1.3.4", marked("Orientation"), "AA"),
    Criterion("1.3.5", marked("Identify Input Purpose"), "AA"),
    Criterion("1.4.1", marked("Use of Color"), "A"),
    Criterion("1.4.2", marked("Audio Control"), "A"),
    Criterion("1.4.3", marked("Contrast (Minimum)"), "AA"),
    Criterion("1.4.4", marked("Resize text"), "AA"),
    Criterion("1.4.5", marked("Images of Text"), "AA"),
    Criterion("1.4.10", marked("Reflow"), "AA"),
    Criterion("1.4.11", marked("Non-text Contrast"), "AA"),
    Criterion("1.4.12", marked("Text Spacing"), "AA"),
    Criterion("1.4.13", marked("Content on Hover or Focus"), "AA"),
    Criterion("2.1.1", marked("Keyboard"), "A"),
    Criterion("2.1.2", marked("No Keyboard Trap"), "A"),
    Criterion("2.1.4", marked("Character Key Shortcuts"), "A"),
    Criterion("2.2.1", marked("Timing Adjustable"), "A"),
    Criterion("2.2.2", marked("Pause, Stop, Hide"), "A"),
    Criterion("2.3.1", marked("Three Flashes or Below Threshold"), "A"),
    Criterion("2.4.1", marked("Bypass Blocks"), "A"),
    Criterion("2.4.2", marked("Page Titled"), "A"),
    Criterion("2.4.3", marked("Focus Order"), "A"),
    Criterion("2.4.4", marked("Link Purpose (In Context)"), "A"),
    Criterion("2.4.5", marked("Multiple Ways"), "AA"),
    Criterion("2.4.6", marked("Headings and Labels"), "AA"),
    Criterion("2.4.7", marked("Focus Visible"), "AA"),
    Criterion("2.5.1", marked("Pointer Gestures"), "A"),
    Criterion("2.5.2", marked("Pointer Cancellation"), "A"),
    Criterion("2.5.3", marked("Label in Name"), "A"),
    Criterion("2.5.4", marked("Motion Actuation"), "A"),
    Criterion("3.1.1", marked("Language of Page"), "A"),
    Criterion("3.1.2", marked("Language of Parts"), "AA"),
    Criterion("3.2.1", marked("On Focus"), "A"),
    Criterion("3.2.2", marked("On Input"), "A"),
    Criterion("3.2.3", marked("Consistent Navigation"), "AA"),
    Criterion("3.2.4", marked("Consistent Identification"), "AA"),
    Criterion("3.3.1", marked("Error Identification"), "A"),
    Criterion("3.3.2", marked("Labels or Instructions"), "A"),
    Criterion("3.3.3", marked("Error Suggestion"), "AA"),
    Criterion("3.3.4", marked("Error Prevention (Legal, Financial, Data)"), "AA"),
    Criterion("4.1.1", marked("Parsing"), "A"),
    Criterion("4.1.2", marked("Name, Role, Value"), "A"),
    Criterion("4.1.3", marked("Status Messages"), "AA"),
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
