"""Pictures of failed elements, one per component: what a person needs to see to believe a finding."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import islice

from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import picture_of_place
from accessibility.engine.finding import Box, Finding, Outcome

SMALLEST = 2
MOST_BYTES = 3_000_000  # of a picture that a check has made
PER_PAGE = 12
NOTHING: Mapping[str, bytes] = {}

WantsCrop = Callable[[str], Awaitable[bool]]


class CropTaker:
    """`wants` says whether a component still lacks a picture, and claims it."""

    def __init__(self, wants: WantsCrop) -> None:
        self._wants = wants

    async def take(
        self, page: LivePage, findings: Iterable[Finding], seen: Mapping[str, bytes] = NOTHING
    ) -> dict[str, bytes]:
        """PNG by component key: what the check itself has `seen`, else failed elements with a place on the page."""
        fit = {component: png for component, png in islice(seen.items(), PER_PAGE) if len(png) <= MOST_BYTES}
        crops = {component: png for component, png in fit.items() if await self._wants(component)}
        for finding in findings:
            if len(crops) >= PER_PAGE:
                break
            known = finding.component in crops or finding.component in seen
            box = finding.box
            if known or finding.outcome is not Outcome.FAILED or box is None or not _has_place(box):
                continue
            if await self._wants(finding.component) and (png := await picture_of_place(page, box)):
                crops[finding.component] = png
        return crops


def _has_place(box: Box) -> bool:
    return box.width >= SMALLEST and box.height >= SMALLEST and box.x >= 0 and box.y >= 0
