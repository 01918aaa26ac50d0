"""What the tests ask a page in a browser."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VIEWPORTS = {"desktop": (1280, 800), "phone": (390, 844)}
NARROWEST = (320, 640)  # WCAG 1.4.10
AXE = Path(__file__).parents[2] / "accessibility/engine/vendor/axe/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BEYOND = ["color-contrast-enhanced"]  # our own measure: text has 7 to 1


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def barriers(page: Page) -> list[str]:
    """What axe finds failed or cannot tell, one line each: rule and element."""
    page.wait_for_load_state("load")  # until its style sheets are there, white text stands on white
    page.evaluate(_axe())
    options: dict[str, Any] = {
        "runOnly": TAGS,
        "rules": {rule: {"enabled": True} for rule in BEYOND},
        "resultTypes": ["violations", "incomplete"],
        "preload": False,  # it would ask for style sheets that the page's policy then refuses
    }
    results = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{page.url} {kind} {rule['id']}: {node['target']}"
        for kind in ("violations", "incomplete")
        for rule in results[kind]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give the page another window."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
