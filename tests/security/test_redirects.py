"""Open redirects: whatever says where to go next leads to a page of this service or to none."""

from collections.abc import Callable

import pytest

from api.addresses import local_path
from core.database import Database
from tests.api.people import PASSWORD, Browser, add_person
from tests.browser.addresses import ADDRESSES
from tests.security.forms import forms_of

ELSEWHERE = (
    "https://evil.example.org/",
    "//evil.example.org",
    "///evil.example.org",
    "/\\evil.example.org",
    "\\\\evil.example.org",
    "/\t/evil.example.org",
    "/\n//evil.example.org",
    "\t//evil.example.org",
    " https://evil.example.org",
    "https:evil.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "/x\r\nSet-Cookie: campus_session=planted",
    "/\u0085/evil.example.org",
    "//[",
    "evil.example.org",
    ".evil.example.org",
    "@evil.example.org",
)


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_only_a_path_of_our_own_is_kept(wanted: str) -> None:
    assert local_path(wanted, "/otherwise") == "/otherwise"


@pytest.mark.parametrize("wanted", ["/", "/accessibility/tickets?state=open&page=2", "/a%0d%0ab", "/@x", "/a//b"])
def test_a_path_of_our_own_is_kept_as_it_is(wanted: str) -> None:
    assert local_path(wanted, "/otherwise") == wanted


def test_every_form_that_says_where_to_go_next_stays_here(browser_of: Callable[..., Browser]) -> None:
    admin = browser_of("admin", "accessibility")
    tried = set()
    for addresses in ADDRESSES.values():
        for form in (one for address in addresses for one in forms_of(admin.get(address).text)):
            if "next" not in form.names or form.method != "post" or form.action in tried:
                continue
            tried.add(form.action)
            for wanted in ELSEWHERE:
                answer = admin.post(form.action, data=form.filled(next=wanted, csrf=admin.token()))
                assert answer.headers.get("location", "/").startswith("/"), (form.action, wanted)
                assert not answer.headers.get("location", "/").startswith(("//", "/\\")), (form.action, wanted)
                assert 'href="https://evil' not in answer.text
                assert "planted" not in answer.headers.get("set-cookie", "")
    assert {"/language", "/accessibility/tickets/bulk"} <= tried


def test_signing_in_leads_nowhere_else_either(app: object, history: Database) -> None:
    person = add_person(history, "viewer")
    for wanted in ELSEWHERE[:6]:
        browser = Browser(app, follow_redirects=False)  # type: ignore[arg-type]
        form = browser.get("/sign-in", params={"next": wanted}).text
        assert 'name="next" value="/"' in form
        answer = browser.post_form("/sign-in", {"email": person.email, "password": PASSWORD, "next": wanted})
        assert answer.headers["location"] == "/"
