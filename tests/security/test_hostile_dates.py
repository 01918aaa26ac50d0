"""Days that no calendar of a campus holds: asked for or sent in any field, they are refused and never a failure."""

import re
from collections.abc import Callable

import pytest

from tests.api.people import Browser
from tests.browser.addresses_campus import ADDRESSES
from tests.security.forms import Form, forms_of

ENDS = {"first": ("1", "1", "0001"), "last": ("31", "12", "9999")}
PARTS = ("day", "month", "year")
NAMES = "first until last start since on as_of from night month year".split()


def whole(end: str) -> str:
    """The day as one text."""
    day, month, year = ENDS[end]
    return f"{year}-{month:0>2}-{day:0>2}"


def entry(name: str, value: str, end: str) -> str:
    """What to send in a field: a day, or a part of it, where it holds one; else what stood there."""
    beginning, _dash, part = name.rpartition("-")
    if beginning and part in PARTS:
        return ENDS[end][PARTS.index(part)]
    is_day = name in NAMES or name == "dates" or re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return whole(end) if is_day else value


def forms(browser: Browser) -> list[Form]:
    """One form of each kind that holds a day."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for address in (some[0] for some in ADDRESSES.values()):
        for form in forms_of(browser.get(address).text):
            where = form.action or address.partition("?")[0]
            if any(entry(name, value, "last") != value for name, value in form.fields):
                found.setdefault((re.sub(r"\d+", "0", where), tuple(form.names)), Form(form.method, where, form.fields))
    return list(found.values())


def test_no_day_at_the_end_of_the_calendar_makes_a_form_fail(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of("admin")
    failed, everything, token = [], forms(browser), browser.token()
    assert len(everything) > 15
    for form, end in ((form, end) for form in everything for end in ENDS):
        sent = form.filled(**{name: entry(name, value, end) for name, value in form.fields} | {"csrf": token})
        post = form.method == "post"
        answer = browser.post(form.action, data=sent) if post else browser.get(form.action, params=sent)
        if answer.status_code >= 500:
            failed.append((form.method, form.action, end))
    assert failed == []


@pytest.mark.parametrize("end", list(ENDS))
def test_no_day_at_the_end_of_the_calendar_makes_an_address_fail(browser_of: Callable[..., Browser], end: str) -> None:
    browser = browser_of("admin")
    addresses = sorted({some[0].partition("?")[0] for some in ADDRESSES.values()})
    addresses += [f"/rooms/counts/{whole(end)}", f"/rooms/counts/months/{whole(end)[:7]}"]
    tries = [(address, dict.fromkeys(NAMES, whole(end)) | {"month": whole(end)[:7]}) for address in addresses]
    tries += [("/rooms/capacity", {name: whole(end)}) for name in NAMES]
    failed = [(one, asked) for one, asked in tries if browser.get(one, params=asked).status_code >= 500]
    assert failed == []
