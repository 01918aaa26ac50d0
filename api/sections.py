"""The sections of the service, their pages and who may use them. What has no page yet is not shown to anybody."""

from collections.abc import Collection
from dataclasses import dataclass

from babel.support import LazyProxy

from api.dependencies import may
from core.i18n import lazy
from core.people.models import Person


@dataclass(frozen=True)
class Page:
    """A page that the section's own navigation offers. Empty `roles`: whoever may use the section.

    `also` names the addresses of other pages that are reached from it, such as a form's or a report's.
    """

    title: LazyProxy
    path: str
    roles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One entry of the header, which leads to `path`. All its addresses begin with its name. Empty `roles`: admin."""

    name: str
    title: LazyProxy
    path: str
    roles: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    of_platforms: bool = False  # also for who has a role on a single platform


EVERYBODY = ("viewer", "facilities", "quality", "accessibility")
SECTIONS = (
    Section("today", lazy("Today"), "/today", ("viewer", "facilities", "quality")),
    Section(
        "rooms",
        lazy("Rooms"),
        "/rooms",
        ("viewer", "facilities", "quality"),
        (
            Page(lazy("Year"), "/rooms", also=("/rooms/capacity", "/rooms/prints", "/rooms/targets")),
            Page(lazy("Room chart"), "/rooms/chart", also=("/rooms/claims",)),
            Page(lazy("Blocks"), "/rooms/blocks"),
            Page(lazy("Counts"), "/rooms/counts"),
            Page(lazy("Forecast"), "/rooms/forecast"),
            Page(lazy("Requests"), "/rooms/requests"),
            Page(lazy("Places"), "/rooms/places"),
            Page(lazy("Import and export"), "/rooms/tables"),
        ),
    ),
    Section(
        "works",
        lazy("Works"),
        "/works",
        ("viewer", "facilities", "quality"),
        (
            Page(lazy("Works packages"), "/works", also=("/works/packages",)),
            Page(lazy("Closures"), "/works/closures"),
            Page(lazy("Funding"), "/works/funding"),
            Page(lazy("Funds"), "/works/funds"),
            Page(lazy("Running costs"), "/works/costs"),
            Page(lazy("Energy"), "/works/energy"),
        ),
    ),
    Section(
        "feedback",
        lazy("Feedback"),
        "/feedback",
        ("viewer", "facilities", "quality"),
        (
            Page(
                lazy("Figures"),
                "/feedback",
                also=("/feedback/areas", "/feedback/groups", "/feedback/benchmarks", "/feedback/quarters"),
            ),
            Page(lazy("Comments"), "/feedback/comments"),
            Page(lazy("Cases"), "/feedback/cases", ("quality",)),
            Page(lazy("Actions"), "/feedback/actions"),
            Page(lazy("Questionnaires"), "/feedback/questionnaires"),
            Page(lazy("Answer points"), "/feedback/points"),
            Page(lazy("Invitations"), "/feedback/invitations", ("quality",)),
            Page(lazy("Earlier surveys"), "/feedback/surveys", ("quality",), also=("/feedback/raw",)),
        ),
    ),
    Section(
        "accessibility",
        lazy("Accessibility"),
        "/accessibility/last-night",
        EVERYBODY,
        (
            Page(lazy("Last night"), "/accessibility/last-night"),
            Page(lazy("Tickets"), "/accessibility/tickets"),
            Page(lazy("Shared components"), "/accessibility/shared", EVERYBODY),
            Page(lazy("To review"), "/accessibility/review"),
            Page(lazy("Platforms"), "/accessibility/platforms"),
            Page(lazy("Scores"), "/accessibility/scores"),
            Page(lazy("Jobs"), "/accessibility/jobs"),
        ),
        of_platforms=True,
    ),
    Section(
        "results",
        lazy("Results"),
        "/results",
        ("viewer", "facilities", "quality"),
        (
            Page(lazy("Indicators"), "/results", also=("/results/indicators",)),
            Page(lazy("Overview"), "/results/overview"),
            Page(lazy("Board report"), "/results/report"),
        ),
    ),
    Section(
        "settings",
        lazy("Settings"),
        "/settings/people",
        (),
        (
            Page(lazy("People"), "/settings/people"),
            Page(lazy("API tokens"), "/settings/tokens"),
            Page(lazy("Alerts"), "/settings/alerts"),
            Page(lazy("Trail"), "/settings/trail"),
            Page(lazy("State"), "/settings/state"),
        ),
    ),
)


def open_to(person: Person | None, paths: Collection[str]) -> list[Section]:
    """The sections this person may use, of those whose first page is among the service's `paths`."""
    if person is None or person.must_change_password:
        return []
    return [section for section in SECTIONS if section.path in paths and _may_use(person, section)]


def pages_of(section: Section | None, person: Person | None, paths: Collection[str]) -> list[Page]:
    """The pages of a section that this person may use."""
    if section is None or section not in open_to(person, paths) or person is None:
        return []
    return [page for page in section.pages if page.path in paths and (not page.roles or may(person, *page.roles))]


def _may_use(person: Person, section: Section) -> bool:
    return may(person, *section.roles) or (section.of_platforms and bool(person.grants))


def section_of(path: str) -> Section | None:
    """The section that a page belongs to."""
    return next((section for section in SECTIONS if path.split("/")[1] == section.name), None)


def page_of(path: str, pages: Collection[Page]) -> Page | None:
    """The page of the section's navigation that an address belongs to: the one that shares most of it.

    A page that has the section's own address, such as `/rooms`, is above none of the others.
    """
    return max((page for page in pages if _reaches(page, path)), key=lambda page: len(page.path), default=None)


def _reaches(page: Page, path: str) -> bool:
    above = (page.path, *page.also) if page.path.count("/") > 1 else page.also
    return path == page.path or any(f"{path}/".startswith(f"{one}/") for one in above)
