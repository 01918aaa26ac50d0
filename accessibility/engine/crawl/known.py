"""The pages of last time that this crawl has not met.

Planned after everything else, so that a start page out of order or a broken login cannot make a platform look small:
what was there last time stays in the plan until its address says that it is gone.
"""

from collections.abc import Iterable, Mapping, Sequence

from accessibility.engine.crawl.plan import Wave
from accessibility.engine.crawl.scope import Scope, Verdict
from accessibility.engine.page import PlannedRow, Row, RowKey
from accessibility.engine.platform import PlatformSettings

SOURCE = "known"


def known_wave(
    settings: PlatformSettings,
    viewports: Sequence[str],
    rows: Iterable[Row],
    wave: int,
    known: Mapping[str, Sequence[str]],
) -> Wave:
    """Rows for known addresses that no row has yet. Their links are not followed: the wave after this one is empty."""
    met: set[tuple[str, str]] = set()
    position = -1
    for row in rows:
        met.add((row.key.role, row.key.url))
        position = max(position, row.planned.position)
    scope = Scope(settings)
    left = [
        RowKey(url, role, viewport)
        for role, urls in known.items()
        if role in settings.role_names
        for url in urls
        if (role, url) not in met and scope.judge(url) is Verdict.VISIT
        for viewport in viewports
    ]
    return Wave(tuple(PlannedRow(key, wave, position + 1 + i, SOURCE) for i, key in enumerate(left)))
