"""Whatever stands in a form of ours, whoever sent it: it is taken or refused, and never a failure of the service."""

import re
from collections.abc import Callable, Iterator

from core.database import Database
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


def tries(form: Form) -> Iterator[dict[str, str]]:
    """Each field alone with something odd, and everything odd at once."""
    some = ODD[::5] if form.action in LONG_WORK else ODD
    for place, name in enumerate(form.names):
        yield {name: some[place % len(some)]}
    for odd in some:
        yield dict.fromkeys(form.names, odd)


def test_no_form_makes_the_service_fail(browser_of: Callable[..., Browser], history: Database) -> None:
    browser = browser_of("admin")
    everything = forms(browser)
    assert len(everything) > 40
    failed, token = [], browser.token()
    for form in everything:
        if form.action in ("/sign-out", "/sign-in") or form.action.endswith("/end"):
            continue
        for values in tries(form):
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


def test_no_parameter_of_an_address_makes_the_service_fail(browser_of: Callable[..., Browser]) -> None:
    browser = browser_of("admin")
    names = {name for form in forms(browser) if form.method == "get" for name in form.names}
    names |= {
        "page",
        "size",
        "sort",
        "before",
        "after",
        "next",
        "reason",
        "select",
        "nights",
        "narrow",
        "audit",
        "gate",
    }
    names |= {"undo", "error", "opened_in", "number", "subject", "section", "platform", "state"}
    failed = []
    for address in sorted({some[0] for some in ADDRESSES.values()}):
        address = address.partition("?")[0]
        for odd in ODD:
            answer = browser.get(address, params=dict.fromkeys(sorted(names), odd[:1000]))
            if answer.status_code >= 500 or "<script>hacked" in answer.text:
                failed.append((address, odd[:40], answer.status_code))
    assert failed == []
