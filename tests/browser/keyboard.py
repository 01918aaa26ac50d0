"""The keyboard alone, as somebody without a mouse uses a page."""

from playwright.sync_api import Error, Locator, Page

MOST_TABS = 120  # to anything on a page


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus."""
    element = wanted.element_handle()  # found once: by role and name that takes longer than the key
    for _press in range(MOST_TABS):
        try:
            if element.evaluate("one => one === document.activeElement"):
                return
        except Error:  # it was on the page that was just left
            element = wanted.element_handle()
            continue
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")
