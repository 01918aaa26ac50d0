"""The plan of a crawl: pure functions from what is known so far to the next wave of rows.

Wave 0 holds the start pages and the sitemaps' addresses, wave n + 1 what the pages of wave n link to. The same rows
give the same plan, in whatever order they were finished; a killed audit resumes to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accessibility.engine.crawl.robots import Robots
from accessibility.engine.page import Declined, PlannedRow, Row, RowKey
from accessibility.engine.platform import PlatformSettings


@dataclass(frozen=True, slots=True)
class Wave:
    """Rows to add to the work list (some of them refused at once), and addresses that are only counted."""

    rows: tuple[PlannedRow, ...] = ()
    declined: tuple[Declined, ...] = ()


def given_wave(given: Sequence[str], roles: Sequence[str], viewports: Sequence[str]) -> Wave:
    """The only wave of an exact run: these addresses as typed (stripped), once each; no folding, robots or budgets.

    Raises `InvalidInput` for what is no http or https address.
    """
    raise AssertionError("being written")


def first_wave(
    settings: PlatformSettings,
    roles: Sequence[str],
    viewports: Sequence[str],
    sitemap: Sequence[str] = (),
    robots: Mapping[str, Robots] | None = None,
) -> Wave:
    """Start pages and sitemap addresses, for every role. `robots` is by host, as `robots.read_robots` returns it."""
    raise AssertionError("being written")


def next_wave(
    settings: PlatformSettings,
    roles: Sequence[str],
    viewports: Sequence[str],
    rows: Iterable[Row],
    wave: int,
    robots: Mapping[str, Robots] | None = None,
) -> Wave:
    """Wave number `wave` (1 or more) from all rows so far; rows of this wave or later ones are ignored."""
    raise AssertionError("being written")


def duplicates(rows: Iterable[Row]) -> list[tuple[RowKey, str]]:
    """Audited rows that show the content of another row of their role and viewport, with that row's address."""
    raise AssertionError("being written")
