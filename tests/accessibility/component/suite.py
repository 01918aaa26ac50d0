"""Fixture pages, changed at every reload, and what the component keys made of them.

Every planted problem carries a marker, `data-suite-problem`, set before the change and unseen by the key. `measure`
audits each page as it is and in many variants (`mutate.js` changes them while they load), the way `campus audit --urls`
does, and gathers which keys the elements of each marker got.

The pages of `pages/` are our own and hold their problems. Those of `vendor/` were written by others and lie here
unmodified: `plant.js` puts the problems of `others.toml` into them first.
"""

import asyncio
import contextlib
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from unittest.mock import patch

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.checks import axe
from accessibility.engine.component import key_of
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Outcome
from accessibility.engine.page import RowState
from accessibility.engine.platform import PlatformSettings
from core.loopback import address_of, served

FOLDER = Path(__file__).parent
PAGES = FOLDER / "pages"
VENDOR = FOLDER / "vendor"
MUTATE = (FOLDER / "mutate.js").read_text(encoding="utf-8")
PLANT = (FOLDER / "plant.js").read_text(encoding="utf-8")
OTHERS: dict[str, dict[str, Any]] = {
    page["file"]: page for page in tomllib.loads((FOLDER / "others.toml").read_text(encoding="utf-8"))["page"]
}
ONLY_OURS = "default-src 'self' 'unsafe-inline'"  # pages of others ask for nothing of the internet
MARKER = re.compile(r'^<[^>]*?data-suite-problem="([^"]+)"')
VARIANT = re.compile(r"variant=(\d+)")
GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


@dataclass(frozen=True, slots=True)
class Seen:
    """One element found by one rule in one variant of a page; `text` is what the key is the hash of."""

    page: str
    address: str
    rule: str
    marker: str
    key: str
    text: str


@dataclass
class Measured:
    """All that was seen, and its two faults: keys that stand for several problems, problems with several keys."""

    seen: list[Seen] = field(default_factory=list)
    not_planted: list[str] = field(default_factory=list)  # failures without a marker: a fault of the suite itself
    not_audited: list[str] = field(default_factory=list)

    @cached_property
    def groups(self) -> dict[tuple[str, str, str], list[Seen]]:
        """Elements by page, marker and rule: what should be one component."""
        found: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
        for one in self.seen:
            found[(one.page, one.marker, one.rule)].append(one)
        return found

    @cached_property
    def merges(self) -> list[list[Seen]]:
        """Keys with more than one problem of a page, or more than one rule: an example of each problem."""
        found: dict[tuple[str, str], dict[tuple[str, str], Seen]] = defaultdict(dict)
        for one in self.seen:
            found[(one.page, one.key)].setdefault((one.marker, one.rule), one)
        return [list(problems.values()) for problems in found.values() if len(problems) > 1]

    @cached_property
    def splits(self) -> list[list[Seen]]:
        """Problems with more than one key: an example of each key."""
        examples = ({one.key: one for one in group} for group in self.groups.values())
        return [list(one.values()) for one in examples if len(one) > 1]

    @property
    def split_share(self) -> float:
        """The share of problems with more than one key."""
        return len(self.splits) / len(self.groups)

    @property
    def stray_share(self) -> float:
        """The share of elements whose key is not that of most elements of their problem."""
        stray = 0
        for group in self.groups.values():
            keys = [one.key for one in group]
            stray += len(keys) - max(map(keys.count, set(keys)))
        return stray / len(self.seen)

    def explained(self) -> str:
        """Every merge and split with what the keys were made of."""
        lines = [
            f"{len(self.seen)} elements, {len(self.groups)} problems, {len(self.merges)} merges, {len(self.splits)} "
            f"splits ({self.split_share:.1%}), {self.stray_share:.1%} of the elements stray"
        ]
        for kind, cases in (("merged", self.merges), ("split", self.splits)):
            for case in cases:
                lines.append(f"\n{kind} on {case[0].page}")
                for one in case:
                    lines += [f"  {one.marker} ({one.address})", *(f"    {line}" for line in one.text.splitlines())]
        return "\n".join(lines)


def names() -> list[str]:
    """The fixture pages of our own."""
    return sorted(path.name for path in PAGES.glob("*.html"))


def names_of_others() -> list[str]:
    """The pages that others wrote."""
    return sorted(OTHERS)


def measure(pages: Sequence[str], variants: int, first: int = 0) -> Measured:
    """Each page as it is and in so many variants, numbered from `first`."""
    texts: dict[str, str] = {}

    def recorded(described: str) -> str:
        key = key_of(described)
        texts[key] = described
        return key

    worklist = MemoryWorkList()
    with served(_Handler) as server, patch.object(axe, "key_of", recorded):
        base = address_of(server)
        changed = [f"?variant={number}" for number in range(first, first + variants)]
        given = tuple(f"{base}/{page}{query}" for page in pages for query in ("", *changed))
        settings = PlatformSettings(slug="suite", name="Suite", base=(base,), allow_private=True, parallel=4)
        options = RunOptions(given=given, viewports=("desktop",), checks=("axe",))
        asyncio.run(run_audit(settings, worklist, options))
    return _measured(worklist, base, texts)


def _measured(worklist: MemoryWorkList, base: str, texts: dict[str, str]) -> Measured:
    measured = Measured()
    for row in worklist.rows():
        if row.state is not RowState.AUDITED:
            measured.not_audited.append(f"{row.key.url}: {row.reason} {row.detail}")
    for row, finding in worklist.findings():
        address = row.key.url.removeprefix(f"{base}/")
        if marker := MARKER.match(finding.html):
            page, key = address.partition("?")[0], finding.component
            measured.seen.append(Seen(page, address, finding.rule, marker.group(1), key, texts[key]))
        elif finding.outcome is Outcome.FAILED and address.partition("?")[0] not in OTHERS:
            measured.not_planted.append(f"{address}: {finding.rule} {finding.html[:200]}")
    return measured


def _with_script(text: str, script: str) -> str:
    return text.replace("</body>", f"<script>{script}</script></body>")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        if not path.endswith(".html"):
            self._answer("image/gif", GIF)
            return
        if plan := OTHERS.get(path):
            text = _with_script((VENDOR / path).read_text(encoding="utf-8"), f"({PLANT})({json.dumps(plan)})")
        else:
            text = (PAGES / path).read_text(encoding="utf-8")
            text = text.replace("OTHER", f"http://localhost:{self.server.server_address[1]}")
        if variant := VARIANT.search(self.path) or VARIANT.search(self.headers.get("referer", "")):
            text = _with_script(text, f"({MUTATE})({variant.group(1)})")
        self._answer("text/html; charset=utf-8", text.encode(), ONLY_OURS if plan else "")

    def _answer(self, kind: str, body: bytes, policy: str = "") -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        if policy:
            self.send_header("content-security-policy", policy)
        self.send_header("content-length", str(len(body)))
        self.send_header("referrer-policy", "unsafe-url")  # frames learn the variant from it, those of other sites too
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the browser went on to the next page
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""
