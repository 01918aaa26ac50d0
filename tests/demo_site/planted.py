"""Every barrier of the demo site, as data: what is not listed here is clean.

`python -m tests.demo_site.planted` prints the table of the README.
"""

from dataclasses import dataclass, fields
from typing import Literal

VIEWPORTS = {"desktop": (1280, 800), "mobile": (390, 844)}
ROLES = ("anonymous", "student")
BOTH = tuple(VIEWPORTS)


@dataclass(frozen=True)
class Planted:
    """One kind of barrier on one page.

    `where` is the value of data-barrier on its elements; `frame` the value of data-frame on the
    iframe that holds them; `after` what must be clicked before they count (and no earlier barrier
    with the same path and no `after` counts any more).
    """

    path: str
    rule: str
    criteria: tuple[str, ...]
    where: str
    check: Literal["axe", "page-title"] = "axe"
    roles: tuple[str, ...] = ROLES
    viewports: tuple[str, ...] = BOTH
    count: int = 1
    outcome: Literal["failed", "needs review"] = "failed"
    frame: str = ""
    after: str = ""

    @property
    def selector(self) -> str:
        """The CSS selector of its elements, within their frame or shadow root."""
        return f'[data-barrier="{self.where}"]'


def _title(path: str, rule: str, where: str, outcome: Literal["failed", "needs review"] = "needs review") -> Planted:
    return Planted(path, rule, ("2.4.2",), where, check="page-title", outcome=outcome)


PLANTED = (
    Planted("/app/#/lessons", "role-img-alt", ("1.1.1",), "lesson-drawing"),
    Planted("/course/1", "label", ("4.1.2",), "quiz-answer", frame="quiz"),
    Planted("/course/2", "button-name", ("4.1.2",), "play", frame="video"),
    Planted("/enrolment", "autocomplete-valid", ("1.3.5",), "phone"),
    Planted("/enrolment", "select-name", ("4.1.2",), "group"),
    Planted("/fakes-axe", "svg-img-alt", ("1.1.1",), "chart"),
    Planted("/forum", "aria-progressbar-name", ("1.1.1",), "progress", roles=("student",)),
    Planted("/gallery", "image-alt", ("1.1.1",), "gallery-image", count=20),
    Planted("/glossary", "button-name", ("4.1.2",), "menu", viewports=("mobile",)),
    Planted("/lecture", "frame-title", ("4.1.2",), "note"),
    Planted("/lecture", "video-caption", ("1.2.2",), "lecture", outcome="needs review"),
    Planted("/library", "input-image-alt", ("1.1.1", "4.1.2"), "search"),
    Planted("/library", "link-name", ("2.4.4", "4.1.2"), "shelf"),
    Planted("/my/grades", "td-headers-attr", ("1.3.1",), "grades", roles=("student",)),
    Planted("/news", "marquee", ("2.2.2",), "ticker"),
    Planted("/news", "meta-refresh", ("2.2.1",), "refresh"),
    Planted("/no-title", "document-title", ("2.4.2",), "no-title"),
    _title("/no-title", "page-title-missing", "no-title", "failed"),
    Planted("/old-layout", "html-has-lang", ("3.1.1",), "no-language"),
    Planted("/old-layout", "meta-viewport", ("1.4.4",), "zoom"),
    Planted("/reading", "color-contrast", ("1.4.3",), "faint"),
    Planted("/reading", "link-in-text-block", ("1.4.1",), "hidden-link"),
    Planted("/reading", "valid-lang", ("3.1.2",), "quotation"),
    Planted("/shadow", "label", ("4.1.2",), "card-note"),
    Planted("/steps", "aria-valid-attr-value", ("4.1.2",), "accordion"),
    Planted("/steps", "list", ("1.3.1",), "steps"),
    Planted("/tour-page", "image-alt", ("1.1.1",), "in-tour"),
    Planted("/tour-page", "select-name", ("4.1.2",), "behind-tour", after="[data-close-tour]"),
    Planted("/transcript", "duplicate-id-aria", ("4.1.2",), "hint", outcome="needs review"),
    Planted("/transcript", "scrollable-region-focusable", ("2.1.1",), "scroller"),
    _title("/untitled", "page-title-meaningless", "untitled"),
    _title("/welcome-guide", "page-title-duplicate", "welcome-guide"),
    _title("/welcome-pack", "page-title-duplicate", "welcome-pack"),
    Planted("/widgets", "aria-hidden-focus", ("4.1.2",), "hidden-help"),
    Planted("/widgets", "aria-required-attr", ("4.1.2",), "volume"),
    Planted("/widgets", "nested-interactive", ("4.1.2",), "card"),
)

COLUMNS = [each.name for each in fields(Planted)]


def table() -> str:
    """The barriers as a Markdown table."""
    rows = [COLUMNS, ["---"] * len(COLUMNS)]
    rows += [[_cell(getattr(each, column)) for column in COLUMNS] for each in PLANTED]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    print(table())
