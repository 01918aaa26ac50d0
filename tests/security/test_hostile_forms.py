"""Whatever stands in a form of ours, whoever sent it: it is taken or refused, and never a failure of the service."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.api.people import Browser
from tests.browser.test_own_pages import ADDRESSES
from tests.security.forms import Form, forms_of
from tests.security.hostile import ODD

LONG_WORK = {"/account/password", "/settings/people/add"}  # each try hashes a password, which is slow on purpose


def forms(browser: Browser) -> list[Form]:
    """One form of each kind on the pages of the service: routes differ in their numbers only."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for address in (one for some in ADDRESSES.values() for one in some):
        for form in forms_of(browser.get(address).text):
            where = form.action or address.partition("?")[0]
            kind = re.sub(r"\d+", "0", where), tuple(form.names)
            found.setdefault(kind, Form(form.method, where, form.fields))
    return list(found.values())


def tries(form: Form, several: int) -> Iterator[dict[str, str]]:
    """Each field alone with something odd, and all of them with so many odd things at once."""
    begin = len(form.action) % len(ODD)  # so that the forms together get all of them
    some = [ODD[(begin + place) % len(ODD)] for place in range(len(ODD))]
    for place, name in enumerate(form.names):
        yield {name: some[place % len(some)]}
    for odd in some[: 2 if form.action in LONG_WORK else several]:
        yield dict.fromkeys(form.names, odd)


LONGEST = 5_000  # characters of all parameters together: encoded they still fit into an address


@pytest.mark.parametrize("several", [1, pytest.param(len(ODD), marks=pytest.mark.long)])
def test_no_form_makes_the_service_fail(browser_of: Callable[..., Browser], several: int) -> None:
    browser = browser_of("admin")
    everything = forms(browser)
    assert len(everything) > 40
    failed, token = [], browser.token()
    for form in everything:
        if form.action in ("/sign-out", "/sign-in") or form.action.endswith("/end"):
            continue
        for values in tries(form, several):
            if form.method == "post":
                answer = browser.post(form.action, data=form.filled(**values, csrf=token))
            else:
                answer = browser.get(
                    form.action, params=form.filled(**{name: one[:2000] for name, one in values.items()})
                )
            if answer.status_code >= 500 or "<script>hacked" in answer.text:
                failed.append((form.method, form.action, {name: one[:40] for name, one in values.items()}))
    assert failed == []
    assert browser.get("/settings/people").status_code == 200, "the tries were those of nobody"


@pytest.mark.parametrize("several", [2, pytest.param(len(ODD), marks=pytest.mark.long)])
def test_no_parameter_of_an_address_makes_the_service_fail(browser_of: Callable[..., Browser], several: int) -> None:
    browser = browser_of("admin")
    names = {name for form in forms(browser) if form.method == "get" for name in form.names}
    names |= set("page size sort before after next reason select nights narrow audit gate undo error state".split())
    names |= set("opened_in number subject section platform".split())
    failed = []
    for begin, address in enumerate(sorted({some[0].partition("?")[0] for some in ADDRESSES.values()})):
        for odd in (ODD[(begin + place) % len(ODD)] for place in range(several)):
            answer = browser.get(address, params=dict.fromkeys(sorted(names), odd[: LONGEST // len(names)]))
            if answer.status_code >= 500 or "<script>hacked" in answer.text:
                failed.append((address, odd[:40], answer.status_code))
    assert failed == []
