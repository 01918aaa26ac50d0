"""The demo site over real sockets, and its documentation."""

import gzip
import re
import socket
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from .app import create_app
from .description import LOGIN, platform_toml
from .files import sitemap_paths
from .planted import PLANTED, table
from .serve import RunningSite, running

README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
MARKER = 'data-user="student"'


@pytest.fixture
def site() -> Iterator[RunningSite]:
    with running(refusal="never") as site:
        yield site


@pytest.fixture
def client(site: RunningSite) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=site.base, follow_redirects=True) as client:
        yield client


def log_in(client: httpx2.Client, password: str = "demo-pass") -> str:
    form = client.get("/login").text
    token = re.search(r'name="logintoken" value="([^"]+)"', form)
    assert token
    fields = {"username": "student", "password": password, "logintoken": token[1]}
    return client.post("/login", data=fields).text


def test_both_names_of_loopback_answer(site: RunningSite) -> None:
    assert httpx2.get(site.base).text == httpx2.get(site.other).text


def test_a_site_that_ended_does_not_listen_any_more() -> None:
    with running() as site:
        port = int(site.base.rsplit(":", 1)[1])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_session_opens_the_dashboard_until_the_logout_link_ends_it(site: RunningSite, client: httpx2.Client) -> None:
    assert client.get("/my/grades").url.path == "/login"
    assert MARKER in log_in(client)
    assert MARKER in client.get("/course/3").text
    assert client.get("/my/grades").url.path == "/my/grades"
    client.get("/logout?sesskey=abc123")
    assert site.app_state.logouts == 1
    assert client.get("/my/").url.path == "/login"


def test_a_wrong_password_shows_the_form_again(client: httpx2.Client) -> None:
    assert "data-login-error" in log_in(client, "wrong")


def test_a_login_without_the_token_of_the_form_is_refused(client: httpx2.Client) -> None:
    fields = {"username": "student", "password": "demo-pass", "logintoken": "form-1"}
    assert "data-login-error" in client.post("/login", data=fields).text


def test_dropped_sessions_are_anonymous(site: RunningSite, client: httpx2.Client) -> None:
    log_in(client)
    site.app_state.drop_sessions()
    assert MARKER not in client.get("/").text


def test_a_broken_login_refuses_the_right_password(site: RunningSite, client: httpx2.Client) -> None:
    site.app_state.login_broken = True
    assert "data-login-error" in log_in(client)


def test_only_the_first_good_login_is_refused_by_default() -> None:
    with running(refusal="first") as site, httpx2.Client(base_url=site.base) as client:
        client.follow_redirects = True
        assert "data-login-error" in log_in(client)
        assert MARKER in log_in(client)


def test_a_hasty_login_is_refused_and_a_patient_one_is_not() -> None:
    with running(refusal="hasty") as site, httpx2.Client(base_url=site.base) as client:
        client.follow_redirects = True
        assert "data-login-error" in log_in(client)
        form = client.get("/login").text
        token = re.search(r'value="([^"]+)"', form)
        time.sleep(0.4)
        assert token
        fields = {"username": "student", "password": "demo-pass", "logintoken": token[1]}
        assert MARKER in client.post("/login", data=fields).text


def test_the_calendar_has_no_end(client: httpx2.Client) -> None:
    for month, after in (("2026-12", "2027-01"), ("9999-12", "10000-01"), ("12026-03", "12026-04")):
        assert f"/calendar?month={after}" in client.get(f"/calendar?month={month}").text


def test_the_sitemap_leads_through_a_gzip_file_to_pages_that_answer(client: httpx2.Client) -> None:
    index = client.get("/sitemap.xml").text
    address = re.findall(r"<loc>([^<]+)</loc>", index)[0]
    listed = re.findall(r"<loc>([^<]+)</loc>", gzip.decompress(client.get(address).content).decode())
    assert [httpx2.URL(each).path for each in listed] == sitemap_paths()
    assert "/only-in-sitemap" in sitemap_paths()
    assert {client.get(each).status_code for each in listed} == {200}


def test_the_loop_is_a_loop(client: httpx2.Client) -> None:
    with pytest.raises(httpx2.TooManyRedirects):
        client.get("/loop-a")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/gone", 410), ("/missing-link", 404), ("/course/7", 404), ("/unavailable", 503)],
)
def test_a_broken_address_says_so(client: httpx2.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_other_site_of_the_frame_has_the_other_name(site: RunningSite) -> None:
    assert f"{site.other}/embed/video" in httpx2.get(f"{site.base}/course/2").text
    assert f"{site.base}/embed/video" in httpx2.get(f"{site.other}/course/2").text


def test_files_are_what_they_say(client: httpx2.Client) -> None:
    handbook = client.get("/files/handbook.pdf")
    assert handbook.headers["content-type"] == "application/pdf"
    assert handbook.content.startswith(b"%PDF-")
    assert client.get("/download?id=1").headers["content-disposition"].startswith("attachment")


def test_the_huge_page_is_as_huge_as_asked(client: httpx2.Client) -> None:
    assert 2_000_000 < len(client.get("/huge?megabytes=2").content) < 2_100_000


def test_everything_that_writes_is_counted(site: RunningSite, client: httpx2.Client) -> None:
    client.post("/feedback", data={"topic": "Courses", "comment": "good"})
    client.post("/ajax/save")
    call = {"index": 0, "methodname": "core_course_get_recent_courses", "args": {}}
    answer = client.post("/lib/ajax/service.php?info=core_get_sample", json=[call]).json()
    assert answer[0]["error"] is False
    assert client.get("/feedback/count").text == "1"
    assert site.app_state.feedback_count == 1
    assert site.app_state.posts == {"/feedback": 1, "/ajax/save": 1, "/lib/ajax/service.php": 1}


def test_the_same_address_gives_the_same_page_twice(client: httpx2.Client) -> None:
    for path in sitemap_paths():
        assert client.get(path).content == client.get(path).content


def test_the_description_is_toml_and_names_the_login() -> None:
    platform = tomllib.loads(platform_toml("http://127.0.0.1:8099"))
    assert platform["base"] == ["http://127.0.0.1:8099/"]
    fields = platform["roles"][0]["login"]["fields"].values()
    assert {value.removeprefix("env:") for value in fields} == set(LOGIN)


def test_every_planted_barrier_is_in_the_page(client: httpx2.Client) -> None:
    log_in(client)
    frames = {"quiz": "/embed/quiz", "video": "/embed/video"}
    for each in PLANTED:
        source = client.get(frames.get(each.frame, each.path.split("#")[0])).text
        assert source.count(each.where) >= each.count, each


def test_the_readme_lists_exactly_what_is_planted() -> None:
    assert table() in README


def test_the_readme_describes_every_address() -> None:
    paths = {re.sub(r":\w+}", "}", route.path) for route in create_app().routes}  # type: ignore[attr-defined]
    assert {path for path in paths if f"`{path}`" not in README} == set()
