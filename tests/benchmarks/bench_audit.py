"""A whole audit, everything stored, against a bare loop of Playwright and axe in the same run; and its memory."""

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks.bare_loop import pages_per_second
from tests.benchmarks.figure import Figure
from tests.benchmarks.generated_site import generated_site

PAGES = 300
FEWER = 100
TABS = 2
ROUNDS = 3  # interleaved, so that a slow moment of the machine meets both
UNLIKE = 60


def run() -> Iterator[Figure]:
    """Speed as a share of the bare loop's, also where every problem is new; memory at 300 pages against that at 100."""
    ours, bare, peaks = [], [], []
    with generated_site(PAGES) as address:
        urls = _urls(address, PAGES)
        for _ in range(ROUNDS):
            bare.append(asyncio.run(pages_per_second(urls, TABS)))
            whole = _whole_audit(address, PAGES)
            ours.append(whole["pages_per_second"])
            peaks.append(whole["peak_mib"])
    with generated_site(FEWER) as address:
        fewer = _whole_audit(address, FEWER)["peak_mib"]
    speed, measure = statistics.median(ours), statistics.median(bare)
    yield Figure("audit speed", speed, "pages/s", f"bare loop {measure:.2f} pages/s: {speed / measure:.2f} of it")
    peak = statistics.median(peaks)
    yield _all_new()
    yield Figure("peak memory at 300 pages", peak, "MiB", f"at 100 pages {fewer:.0f} MiB: {peak / fewer:.2f} of it")


def _all_new() -> Figure:
    """The worst first night: about five problems on every page that no other page has, each with its picture."""
    with generated_site(UNLIKE, unlike=True) as address:
        measure = asyncio.run(pages_per_second(_urls(address, UNLIKE), TABS))
        speed = _whole_audit(address, UNLIKE)["pages_per_second"]
    return Figure("where all is new", speed, "pages/s", f"bare loop {measure:.2f} pages/s: {speed / measure:.2f} of it")


def _urls(address: str, pages: int) -> list[str]:
    return [f"{address}/page/{number}" if number else f"{address}/" for number in range(pages)]


def _whole_audit(address: str, pages: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.whole_audit", address + "/", str(pages), str(TABS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured
