"""What each check costs on a page, and each profile against axe alone, all in one run.

Pages are 40 to 60 kB with what checks look for: a form, a dialog, hover content, pictures, tables, media. A check that
looks at the page as it stands is timed by itself; one with a load of its own by what an audit takes longer with it.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from accessibility.engine import checks
from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.page import RowState
from tests.accessibility.auditing import settings_for
from tests.accessibility.site import Page, tiny_site
from tests.benchmarks.figure import Figure
from tests.benchmarks.generated_site import page

PAGES = 10
ROUNDS = 3  # interleaved, so that a slow moment of the machine meets all
AXE = ("axe",)
RICH = """<a href="#top" class="skip">Skip to the form</a>
<form action="/sent"><label>Name <input name="name" autocomplete="name" required></label>
<label>E-mail <input name="email" type="email"></label><select aria-label="Course"><option>One<option>Two</select>
<label><input type="checkbox" required> Agreed</label><button>Send</button></form>
<style>.tip{display:none} .has-tip:hover .tip,.has-tip:focus .tip{display:block}</style>
<button class="has-tip">Help<span class="tip">Some help</span></button><button onclick="box.showModal()">Open</button>
<dialog id="box"><p>A dialog</p><button onclick="box.close()">Close</button></dialog>
<table><caption>Results</caption><tr><th>Sample</th><th>Weight</th></tr><tr><td>One</td><td>2 g</td></tr></table>
<svg role="img" aria-label="Chart" width="80" height="40"><rect width="40" height="40" fill="#246"/></svg>
<p style="background:linear-gradient(#fff,#eee)">Text over a gradient</p>
<p lang="fr">Une phrase en français.</p></main>"""


@dataclass
class Timed:
    """A check with the time that it took."""

    check: PageCheck
    seconds_taken: list[float] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.check, name)

    async def probe(self, live: Any) -> Any:
        """Look, and remember how long it took."""
        began = time.perf_counter()
        probed = await self.check.probe(live)
        self.seconds_taken.append(time.perf_counter() - began)
        return probed

    def judge(self, probed: Any, state: str) -> Any:
        """Judge, and add that time."""
        began = time.perf_counter()
        judged = self.check.judge(probed, state)
        self.seconds_taken[-1] += time.perf_counter() - began
        return judged


def run() -> Iterator[Figure]:
    """Milliseconds per check and page, then the ratio of both profiles to axe alone."""
    timed = [Timed(check) for check in checks.PAGE_CHECKS]
    pages: dict[str, Page] = {
        f"/{number}": page(number, PAGES, unlike=False).replace("</main>", RICH) for number in range(PAGES)
    }
    with patch.object(checks, "PAGE_CHECKS", tuple(timed)), tiny_site(pages) as site:
        _audit(site.base, list(pages), AXE, Profile.STANDARD)  # warm
        alone, standard, deep = [], [], []
        for _ in range(ROUNDS):
            alone.append(_audit(site.base, list(pages), AXE, Profile.STANDARD))
            standard.append(_audit(site.base, list(pages), None, Profile.STANDARD))
        deep.append(_audit(site.base, list(pages), None, Profile.DEEP))
    axe = statistics.median(alone)
    for one in timed:
        yield _of_check(one, axe)
    yield _of_profile("standard", statistics.median(standard), axe)
    yield _of_profile("deep", statistics.median(deep), axe)


def _audit(base: str, paths: list[str], names: tuple[str, ...] | None, profile: Profile) -> float:
    """Seconds for one page, of one tab."""
    worklist = MemoryWorkList()
    options = RunOptions(
        given=tuple(base + path for path in paths), checks=names, profile=profile, permitted_networks=("127.0.0.0/8",)
    )
    began = time.perf_counter()
    asyncio.run(run_audit(settings_for(base, parallel=1), worklist, options))
    taken = time.perf_counter() - began
    unseen = [row for row in worklist.rows() if row.state is not RowState.AUDITED]
    if unseen:
        raise RuntimeError(f"{unseen[0].key.url}: {unseen[0].state} {unseen[0].detail}")
    return taken / len(paths)


def _of_check(one: Timed, axe: float) -> Figure:
    name, taken = one.check.name, one.seconds_taken
    kind = f"{one.check.profile.value}, {'a load of its own' if one.check.conditions else 'in place'}"
    if not taken:
        return Figure(name, 0.0, "ms a page", f"{kind}: nothing to do on these pages")
    each = statistics.median(taken)
    share = f"{each / axe:.3f} of a page with axe alone" if name != "axe" else "with its load "
    looked = f", on {len(taken)} loads" if one.check.conditions else ""
    return Figure(name, each * 1000, "ms a page", f"{kind}{looked}: {share}")


def _of_profile(name: str, seconds: float, axe: float) -> Figure:
    alone = f"axe alone {axe * 1000:.0f} ms"
    return Figure(f"profile {name}", seconds * 1000, "ms a page", f"{alone}: {seconds / axe:.2f} times")
