"""Audits pages of the service itself, in two turns: each page in one window, and the rest in the long run."""

import asyncio
from collections.abc import Sequence

import pytest

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Outcome
from accessibility.engine.page import RowState
from accessibility.engine.platform import DESKTOP, MOBILE, PlatformSettings, Viewport
from tests.api.people import PASSWORD
from tests.browser.conftest import EXECUTABLE, SANDBOX, Service

LEAD = "lead"

_MANY = pytest.mark.timeout(1800)  # one audit of a hundred pages, also where two processors are shared
_LONG = (pytest.mark.long, _MANY)
in_turn = pytest.mark.parametrize(
    ("window", "turn"),
    [
        pytest.param(DESKTOP, slice(0, None, 2), id="desktop", marks=_MANY),
        pytest.param(MOBILE, slice(1, None, 2), id="mobile", marks=_MANY),
        pytest.param(DESKTOP, slice(1, None, 2), id="desktop, the others", marks=_LONG),
        pytest.param(MOBILE, slice(0, None, 2), id="mobile, the others", marks=_LONG),
    ],
)
"""Every second address in each window: a page that has several states is met in both. Templates, styles and scripts are
shared by many pages, so what a window breaks is seen on others of its kind; all in both windows are `long`."""


def audit(
    service: Service,
    email: str,
    role: str,
    paths: Sequence[str],
    window: Viewport,
    profile: Profile = Profile.STANDARD,
) -> list[str]:
    """What the audit finds failed, and what it could not audit, one line each."""
    login = {
        "kind": "form",
        "address": "/sign-in",
        "fields": {"email": email, "password": PASSWORD},
        "sentinel": "form[action='/sign-out']",
    }
    platform = PlatformSettings.model_validate(
        {
            "slug": "campus",
            "name": "Campus",
            "base": [f"{service.address}/"],
            "roles": [{"name": LEAD, "login": login}],
            "allow_private": True,
            "parallel": 4,
            "viewports": [window.model_dump()],
        }
    )
    options = RunOptions(
        given=tuple(service.address + path for path in paths),
        roles=(role,),
        profile=profile,
        browser=EXECUTABLE,
        sandbox=SANDBOX,
    )
    worklist = MemoryWorkList()
    asyncio.run(run_audit(platform, worklist, options))
    rows = list(worklist.rows())
    assert len(rows) == len(paths)
    gaps = [f"{row.key} {row.state} {row.reason} {row.detail}" for row in rows if row.state is not RowState.AUDITED]
    failed = [
        f"{row.key.url} {row.key.viewport} {finding.rule} {finding.selector} {finding.message}"
        for row, finding in worklist.findings()
        if finding.outcome is Outcome.FAILED
    ]
    return gaps + failed
