"""Compare PLANTED with what axe-core and a look at the titles find in a real browser.

    python -m tests.demo_site.verify --axe path/to/axe.min.js [--browser /usr/bin/chromium]

Every page is looked at in every role and viewport, and must fit into 320 CSS pixels.
"""

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from .files import sitemap_paths
from .planted import PLANTED, ROLES, VIEWPORTS
from .serve import running

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
ABOVE_AA = ("wcag213",)
CLOSE_TOUR = "[data-close-tour]"
OTHER_ADDRESSES = (
    "/courses?sort=name", "/courses?lang=fr", "/course/4?view=print", "/course/3?lang=fr",
    "/calendar?month=2027-02", "/login", "/my/", "/my/grades", "/private/notes", "/script-linked",
    "/app/#/", "/app/#/lessons", "/app/#/about", "/gone", "/missing-link", "/unavailable", "/slow",
    "/huge?megabytes=0",
)  # fmt: skip
LOAD_AXE = """source => {
  const module = {exports: {}};
  try { new Function("module", source)(module); } catch (error) { /* /fakes-axe */ }
  module.exports.configure({allowedOrigins: ["<unsafe_all_origins>"]});
  Object.defineProperty(window, "realAxe", {value: module.exports, configurable: true});
}"""
RUN_AXE = """tags => realAxe.run({runOnly: {type: "tag", values: tags}})"""

Seen = tuple[str, str, tuple[str, ...], str, str, str, str]
"""(address, rule, criteria, where, outcome, frame, what was clicked before)"""


def main() -> None:
    """Print each difference; end with 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--axe", type=Path, required=True)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    given = parser.parse_args()
    source = given.axe.read_text()
    with running(refusal="never") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.browser, args=["--no-sandbox"])
        lines = [
            line
            for role in ROLES
            for viewport in VIEWPORTS
            for line in compare(browser, site.base, source, role, viewport)
        ]
        browser.close()
    print("\n".join(lines) or f"exactly the {len(PLANTED)} planted barriers")
    raise SystemExit(bool(lines))


def compare(browser: Browser, base: str, source: str, role: str, viewport: str) -> list[str]:
    """What is seen but not planted, or planted but not seen."""
    width, height = VIEWPORTS[viewport]
    page = browser.new_page(base_url=base, viewport={"width": width, "height": height})
    page.on("dialog", lambda dialog: dialog.accept())
    if role != "anonymous":
        log_in(page)
    found: Counter[Seen] = Counter()
    titles: dict[str, str] = {}
    wide: list[str] = []
    for address in addresses(role):
        open_page(page, address)
        found += audit(page, address, source)
        if page.locator(CLOSE_TOUR).count():
            page.click(CLOSE_TOUR)
            found += audit(page, address, source, CLOSE_TOUR)
        wide += sideways(page, address, width, height)
        if not page.locator("link[rel=canonical]").count():
            titles[address] = page.title()
    page.context.close()
    found += seen_in_titles(titles)
    lines = differences(found, planted(role, viewport)) + wide
    return [f"{role} {viewport}: {line}" for line in lines]


def addresses(role: str) -> list[str]:
    """Every page that a browser can show and that comes to rest."""
    private = () if role != "anonymous" else ("/my/", "/my/grades")
    listed = [*sitemap_paths(), *OTHER_ADDRESSES]
    return [address for address in listed if address not in (*private, "/app/")]


def log_in(page: Page) -> None:
    """Become the student."""
    page.goto("/login")
    page.fill("#username", "student")
    page.fill("#password", "demo-pass")
    page.click("button[type=submit]")
    page.wait_for_selector('[data-user="student"]')


def open_page(page: Page, address: str) -> None:
    """Load this address anew, also if only its hash differs, and let its scripts work."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_timeout(200)


def audit(page: Page, address: str, source: str, after: str = "") -> Counter[Seen]:
    """What axe finds on this page: one for each element."""
    for frame in page.frames:
        frame.evaluate(LOAD_AXE, source)
    result = page.evaluate(RUN_AXE, TAGS)
    outcomes = {"failed": result["violations"], "needs review": result["incomplete"]}
    return Counter(
        (address, rule["id"], criteria(rule), where(node), outcome, frame_of(page, node), after)
        for outcome, rules in outcomes.items()
        for rule in rules
        for node in rule["nodes"]
    )


def criteria(rule: dict[str, Any]) -> tuple[str, ...]:
    """The tag wcag111 means 1.1.1, wcag1412 means 1.4.12. What is above level AA is left out."""
    numbers = [tag[4:] for tag in rule["tags"] if re.match(r"wcag\d{3}", tag) and tag not in ABOVE_AA]
    return tuple(f"{number[0]}.{number[1]}.{number[2:]}" for number in numbers)


def where(node: dict[str, Any]) -> str:
    """The data-barrier of an element, or its start if nobody planted it."""
    name = re.match(r'<[^>]*data-barrier="([^"]*)"', node["html"])
    return name[1] if name else node["html"][:80]


def frame_of(page: Page, node: dict[str, Any]) -> str:
    """The data-frame of the frame that holds the element, if one does."""
    inside = len(node["target"]) > 1
    return (page.get_attribute(node["target"][0], "data-frame") or "?") if inside else ""


def seen_in_titles(titles: dict[str, str]) -> Counter[Seen]:
    """Missing, meaningless and repeated titles."""
    uses = Counter(titles.values())
    seen: Counter[Seen] = Counter()
    for address, title in titles.items():
        if rule := title_rule(title, uses[title]):
            outcome = "failed" if rule == "page-title-missing" else "needs review"
            seen[address, rule, ("2.4.2",), "", outcome, "", ""] += 1
    return seen


def title_rule(title: str, uses: int) -> str:
    """The name of the rule that this title breaks, if any."""
    if not title:
        return "page-title-missing"
    if title == "Untitled document":
        return "page-title-meaningless"
    return "page-title-duplicate" if uses > 1 else ""


def sideways(page: Page, address: str, width: int, height: int) -> list[str]:
    """A complaint if the page must be scrolled sideways at 320 CSS pixels."""
    page.set_viewport_size({"width": 320, "height": height})
    needed = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": width, "height": height})
    return [f"{address} is {needed} pixels wide"] if needed > 320 else []


def planted(role: str, viewport: str) -> Counter[Seen]:
    """What the list promises for this role and viewport."""
    promised: Counter[Seen] = Counter()
    for each in PLANTED:
        marker = each.where if each.check == "axe" else ""
        if role in each.roles and viewport in each.viewports:
            key = (
                each.path,
                each.rule,
                each.criteria,
                marker,
                each.outcome,
                each.frame,
                each.after,
            )
            promised[key] += each.count
    return promised


def differences(found: Counter[Seen], promised: Counter[Seen]) -> list[str]:
    """One line for each thing that only one side has."""
    lines = [f"not planted: {seen} x{number}" for seen, number in (found - promised).items()]
    return lines + [f"not seen: {seen} x{number}" for seen, number in (promised - found).items()]


if __name__ == "__main__":
    main()
