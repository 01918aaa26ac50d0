"""Audits in tests: run one into memory, then ask for its rows and findings by path."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Finding, Outcome
from accessibility.engine.page import ANONYMOUS, Row
from accessibility.engine.platform import DESKTOP, PlatformSettings


class KeptWorkList(MemoryWorkList):
    """Keeps the pictures too, and how many requests to other hosts were not let through."""

    def __init__(self) -> None:
        super().__init__()
        self.crops: dict[str, bytes] = {}
        self.blocked_elsewhere: dict[str, int] = {}

    def finish(self, key: Any, result: Any) -> None:
        self.crops.update(result.crops)
        self.blocked_elsewhere[key.url] = result.blocked_elsewhere
        super().finish(key, result)

    def wants_crop(self, component: str) -> bool:
        return component not in self.crops


@dataclass
class Audited:
    """What an audit of the site at `base` has left."""

    base: str
    worklist: KeptWorkList = field(default_factory=KeptWorkList)

    def row(self, path: str, role: str = ANONYMOUS, viewport: str = DESKTOP.name) -> Row:
        """The row of a page; a KeyError names a page that has none."""
        rows = {(row.key.url, row.key.role, row.key.viewport): row for row in self.worklist.rows()}
        return rows[self.base + path, role, viewport]

    def state(self, path: str, role: str = ANONYMOUS, viewport: str = DESKTOP.name) -> tuple[str, str, str]:
        """State, reason and detail of a row, the site's own address left out."""
        row = self.row(path, role, viewport)
        return row.state.value, row.reason.value if row.reason else "", row.detail.replace(self.base, "")

    def findings(self, path: str) -> list[Finding]:
        """Every finding of a page, in all roles and viewports."""
        return [finding for row, finding in self.worklist.findings() if row.key.url == self.base + path]

    def failed(self, path: str) -> list[str]:
        """The rules that failed on a page, one for each element, sorted."""
        return sorted(finding.rule for finding in self.findings(path) if finding.outcome is Outcome.FAILED)

    def run(self, settings: PlatformSettings, options: RunOptions) -> "Audited":
        """Audit, or go on with an audit that was stopped."""
        asyncio.run(run_audit(settings, self.worklist, options))
        return self


def settings_for(base: str, **more: Any) -> PlatformSettings:
    """A platform on the loopback, in one viewport."""
    values: dict[str, Any] = {
        "slug": "sample",
        "name": "Sample site",
        "base": (f"{base}/",),
        "viewports": (DESKTOP,),
        "robots": False,
        "parallel": 3,
        "page_timeout": 15,
    }
    return PlatformSettings(**(values | more))


def audit(base: str, paths: Sequence[str], settings: PlatformSettings | None = None, **options: Any) -> Audited:
    """Audit exactly these pages of a site on the loopback."""
    given = tuple(base + path for path in paths)
    options = {"permitted_networks": ("127.0.0.0/8", "::1/128"), "given": given} | options
    return Audited(base).run(settings or settings_for(base), RunOptions(**options))
