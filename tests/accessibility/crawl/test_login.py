"""Logged in per role: calmly, proven on every page, renewed once when lost, and never mistaken for somebody else."""

import base64
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from accessibility.engine.crawl import login
from accessibility.engine.platform import PlatformSettings, Role
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, Asked, Page, TinySite, document, redirect, tiny_site

FORM = (
    '<form method="post" action="/login"><label>Name <input name="user"></label>'
    '<label>Password <input name="password" type="password"></label><button>Log in</button></form>'
)
BASIC = "Basic " + base64.b64encode(b"student:sample-pass").decode()


@dataclass
class Sessions:
    """What the server knows: `refuse` logins are turned away first; a session lives for `lives` pages."""

    refuse: int = 0
    lives: int = 10_000
    tried: int = 0
    made: int = 0
    left: dict[str, int] = field(default_factory=dict)

    def log_in(self, asked: Asked) -> Answer | str:
        if asked.method == "GET":
            return document(FORM)
        self.tried += 1
        if self.tried <= self.refuse or b"password=sample-pass" not in asked.body:
            return document(f"<p>Not accepted.</p>{FORM}")
        self.made += 1
        self.left[f"s{self.made}"] = self.lives
        return Answer(status=303, headers={"Location": "/my", "Set-Cookie": f"session=s{self.made}; Path=/"})

    def known(self, asked: Asked) -> bool:
        key = asked.headers.get("Cookie", "").partition("session=")[2].partition(";")[0]
        return self.left.get(key, 0) > 0

    def page(self, words: str) -> Callable[[Asked], Answer | str]:
        """A page for whoever is logged in, which uses up the session; others are sent to the login."""

        def answer(asked: Asked) -> Answer | str:
            if not self.known(asked):
                return redirect("/login")
            key = asked.headers["Cookie"].partition("session=")[2].partition(";")[0]
            self.left[key] -= 1
            return document(f"<p data-user>Sample student</p><p>{words}</p>")

        return answer

    def only_for_users(self, status: int) -> Callable[[Asked], int]:
        """Everybody else is told that there is no such page; a user is told so without the sentinel."""
        return lambda asked: status if self.known(asked) else 404


def pages(sessions: Sessions, **more: Page) -> dict[str, Page]:
    usual: dict[str, Page] = {"/login": sessions.log_in, "/my": sessions.page("My courses")}
    usual |= {f"/page-{number}": sessions.page(f"Page {number}") for number in range(8)}
    return usual | more


def student(**more: Any) -> Role:
    fields = {"user": "student", "password": "sample-pass"}
    recipe = {"kind": "form", "address": "/login", "fields": fields, "sentinel": "[data-user]"}
    return Role.model_validate({"name": "student", "login": recipe | more})


def as_student(site: TinySite, *paths: str, **more: Any) -> Audited:
    values: dict[str, Any] = {"roles": (student(),), "anonymous": False, "parallel": 1} | more
    return audit(site.base, paths, settings_for(site.base, **values), checks=("page-title",))


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "PAUSE", 0.05)
    monkeypatch.setattr(login, "REFUSAL_TIMEOUT", 0.3)


def test_a_login_refused_once_is_tried_again_and_serves_all_pages() -> None:
    sessions = Sessions(refuse=1)
    with tiny_site(pages(sessions)) as site:
        audited = as_student(site, "/my", "/page-1", "/page-2")
        posts = Counter(site.unsafe())
    for path in ("/my", "/page-1", "/page-2"):
        assert audited.state(path, "student") == ("audited", "", "")
    assert posts == {"POST /login": 2}


def test_a_login_that_never_succeeds_is_given_up_after_a_few_rows() -> None:
    sessions = Sessions(refuse=1000)
    with tiny_site(pages(sessions)) as site:
        audited = as_student(site, *(f"/page-{number}" for number in range(6)))
    states = [audited.state(f"/page-{number}", "student") for number in range(6)]
    assert {state[:2] for state in states} == {("not audited", "login failed")}
    assert states[0][2] == "the sentinel did not appear after the login"
    assert states[-1][2] == "given up after several attempts"
    assert sessions.tried == login.MOST_FAILURES * login.ATTEMPTS


def test_a_form_that_is_not_there_is_a_failed_login_and_tells_no_secret() -> None:
    with tiny_site({"/login": document("No form today"), "/my": document("My courses")}) as site:
        audited = as_student(site, "/my")
    state, reason, detail = audited.state("/my", "student")
    assert (state, reason) == ("not audited", "login failed")
    assert "sample-pass" not in detail


def test_a_session_lost_on_the_way_is_renewed_and_the_page_repeated() -> None:
    sessions = Sessions(lives=3)
    with tiny_site(pages(sessions)) as site:
        audited = as_student(site, *(f"/page-{number}" for number in range(5)))
    for number in range(5):
        assert audited.state(f"/page-{number}", "student") == ("audited", "", "")
        facts = audited.row(f"/page-{number}", "student").facts
        assert facts is not None
        assert facts.final_url == f"{audited.base}/page-{number}"
    assert sessions.made > 1


def test_a_session_lost_again_at_once_is_said_to_be_lost() -> None:
    with tiny_site(pages(Sessions(), **{"/never-mine": document("A page for nobody in particular")})) as site:
        audited = as_student(site, "/never-mine", "/page-1")
    assert audited.state("/never-mine", "student")[:2] == ("not audited", "login lost")
    assert audited.state("/page-1", "student")[0] == "audited"


def test_a_missing_page_is_missing_only_while_the_session_lives() -> None:
    sessions = Sessions()
    with tiny_site(pages(sessions, **{"/gone": sessions.only_for_users(410)})) as site:
        audited = as_student(site, "/gone", "/not-there")
    assert audited.state("/gone", "student") == ("excluded", "gone", "410")
    assert audited.state("/not-there", "student") == ("excluded", "not found", "404")


def test_a_circle_of_redirects_is_the_pages_own_while_the_session_lives() -> None:
    circles = {f"/loop-{number}": redirect(f"/loop-{number}") for number in range(8)}
    with tiny_site(pages(Sessions(), **circles)) as site:
        audited = as_student(site, *circles)
    assert {audited.state(path, "student") for path in circles} == {("not audited", "redirect loop", "")}


def test_a_missing_page_without_a_session_is_never_called_missing() -> None:
    sessions = Sessions(lives=1)  # used up by the page that the login leads to
    with tiny_site(pages(sessions)) as site:
        audited = as_student(site, "/not-there", "/elsewhere")
    assert audited.state("/not-there", "student")[:2] == ("not audited", "login lost")


def test_a_lost_session_that_leads_out_of_the_platform_is_no_page_out_of_scope() -> None:
    sessions = Sessions()

    def guarded(asked: Asked) -> Answer | str:
        if not sessions.known(asked):
            return redirect("{other}/single-sign-on")
        return document("<p data-user>Sample student</p>")

    def drops(asked: Asked) -> Answer | str:
        page = sessions.page("Last one")(asked)
        sessions.left.clear()
        return page

    with tiny_site(pages(sessions, **{"/drops": drops, "/guarded": guarded})) as site:
        audited = as_student(site, "/drops", "/guarded")
    assert audited.state("/guarded", "student") == ("audited", "", "")
    assert sessions.made == 2


def test_two_tabs_share_one_login() -> None:
    sessions = Sessions()
    with tiny_site(pages(sessions)) as site:
        audited = as_student(site, *(f"/page-{number}" for number in range(6)), parallel=3)
    assert {row.state.value for row in audited.worklist.rows()} == {"audited"}
    assert sessions.made == 1


def test_what_the_first_page_after_the_login_sends_is_no_part_of_the_login() -> None:
    sessions = Sessions()
    sends = "<script>navigator.sendBeacon('/seen'); onload = () => navigator.sendBeacon('/seen')</script>"

    def my(asked: Asked) -> Answer | str:
        return document(f"<p data-user>Sample student</p>{sends}") if sessions.known(asked) else redirect("/login")

    with tiny_site(pages(sessions, **{"/my": my})) as site:
        as_student(site, "/page-1")
        assert Counter(site.unsafe()) == {"POST /login": 1}


def basic(base: str, password: str, **more: Any) -> PlatformSettings:
    recipe = {"kind": "basic", "username": "student", "password": password}
    role = Role.model_validate({"name": "student", "login": recipe})
    return settings_for(base, roles=(role,), anonymous=False, **more)


def guarded_by_basic(asked: Asked) -> Answer | str:
    if asked.headers.get("Authorization") != BASIC:
        return Answer("no", 401, {"WWW-Authenticate": "Basic realm=sample"})
    return document('<p>My courses</p><img src="{other}/picture.gif" alt="Sample">')


def test_basic_credentials_reach_the_platform_and_nobody_else() -> None:
    asks = Answer("no", 401, {"WWW-Authenticate": "Basic realm=other"})
    with tiny_site({"/my": guarded_by_basic, "/picture.gif": asks}) as site:
        audited = audit(site.base, ["/my"], basic(site.base, "sample-pass"), checks=("page-title",))
        elsewhere = [one.headers.get("Authorization") for one in site.asked if one.host == "localhost"]
    assert audited.state("/my", "student") == ("audited", "", "")
    assert elsewhere
    assert set(elsewhere) == {None}


def test_basic_credentials_that_are_refused_are_a_failed_login() -> None:
    with tiny_site({"/my": guarded_by_basic}) as site:
        audited = audit(site.base, ["/my"], basic(site.base, "wrong"), checks=("page-title",))
    assert audited.state("/my", "student") == ("not audited", "login failed", "401")
