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


def run() -> Iterator[Figure]:
    """Speed as a share of the bare loop's, and memory at 300 pages as a share of that at 100."""
    ours, bare, peaks = [], [], []
    with generated_site(PAGES) as address:
        urls = [f"{address}/page/{number}" if number else f"{address}/" for number in range(PAGES)]
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
    yield Figure("peak memory at 300 pages", peak, "MiB", f"at 100 pages {fewer:.0f} MiB: {peak / fewer:.2f} of it")


def _whole_audit(address: str, pages: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.whole_audit", address + "/", str(pages), str(TABS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured
