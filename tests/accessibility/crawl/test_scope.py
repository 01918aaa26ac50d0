from typing import Any

import pytest

from accessibility.engine.crawl.scope import Scope, Verdict
from tests.accessibility.crawl.simulation import settings


def verdict(url: str, **changes: Any) -> Verdict:
    return Scope(settings(**({"base": ("http://site.example/",)} | changes))).judge(url)


def at(path: str, **changes: Any) -> Verdict:
    return verdict(f"http://site.example{path}", **changes)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://site.example/lms", Verdict.VISIT),
        ("http://site.example/lms/course/1", Verdict.VISIT),
        ("https://site.example/lms/", Verdict.VISIT),
        ("http://site.example/", Verdict.OUTSIDE),
        ("http://site.example/lmsother", Verdict.OUTSIDE),
        ("http://site.example/lms/../secret", Verdict.OUTSIDE),
        ("http://site.example:8080/lms/", Verdict.OUTSIDE),
        ("http://whole.example/anything", Verdict.VISIT),
        ("http://port.example:8081/", Verdict.VISIT),
        ("http://port.example/", Verdict.OUTSIDE),
        ("http://xn--bcher-kva.example/", Verdict.VISIT),
        ("http://site.example.evil.example/lms/", Verdict.OUTSIDE),
        ("http://site.example@evil.example/lms/", Verdict.OUTSIDE),
        ("http://evil.example\\@site.example/lms/", Verdict.OUTSIDE),
        ("mailto:sample@site.example", Verdict.NO_PAGE),
        ("tel:+390000", Verdict.NO_PAGE),
    ],
)
@pytest.mark.parametrize(
    "base", ["http://site.example/lms/", "http://site.example:80/lms", "http://SITE.example/lms/i.php"]
)
def test_hosts_and_folders_bind_the_crawl(base: str, url: str, expected: Verdict) -> None:
    assert verdict(url, base=(base,), hosts=("whole.example", "port.example:8081", "Bücher.example")) is expected


def test_a_base_host_that_is_also_a_further_host_is_whole() -> None:
    changes = {"base": ("http://site.example/lms/",), "hosts": ("site.example",)}
    assert verdict("http://site.example/other", **changes) is Verdict.VISIT


@pytest.mark.parametrize(
    "path",
    [
        "/logout", "/logout.php", "/login/logout.php", "/user/log-out", "/signout", "/sign_out/", "/Logoff.aspx",
        "/do_logout", "/?action=logout", "/index.php?page=logout", "/?logout=1", "/app#/logout", "/oidc/end_session",
        "/abmelden", "/disconnetti", "/d%C3%A9connexion",
    ],
)  # fmt: skip
def test_a_logout_is_never_followed(path: str) -> None:
    assert at(path) is Verdict.LOGOUT


@pytest.mark.parametrize(
    "path",
    [
        "/a?sesskey=x", "/a?x=1&SessKey=x", "/a?action=delete", "/a?action=deletepost", "/a?action=edit", "/a?edit=on",
        "/a?do=remove_user", "/a?delete=3", "/a?confirm=1", "/a?add=forum", "/shop?add-to-cart=5", "/a?switchrole=5",
        "/posts/5/delete", "/unsubscribe/abc", "/a?task=save", "/a?_wpnonce=1", "/app#/items?action=delete",
        "/a?%61ction=%64elete", "/a?mode=edit",
    ],
)  # fmt: skip
def test_what_changes_state_is_never_followed(path: str) -> None:
    assert at(path) is Verdict.CHANGES_STATE


@pytest.mark.parametrize(
    "path",
    [
        "/", "/login", "/login/index.php", "/a?action=view", "/a?action=address", "/a?action=delivery",
        "/how-to-log-out", "/posts/5/edit-history", "/a?view=post", "/course/view.php?id=3", "/app#/lessons",
        "/example.com",
    ],
)  # fmt: skip
def test_harmless_addresses_are_visited(path: str) -> None:
    assert at(path) is Verdict.VISIT


@pytest.mark.parametrize(
    "path",
    [
        "/a.pdf", "/A.PDF?x=1", "/a.docx", "/a.xlsx", "/a.pptx", "/a.zip", "/a.mp4", "/a.mp3", "/a.epub", "/a.csv",
        "/a.odt", "/a.ics", "/feed.rss", "/photo.jpg", "/file.php?file=/1/a.pdf", "/pluginfile.php/1/a?forcedownload=1",
    ],
)  # fmt: skip
def test_downloads_are_documents(path: str) -> None:
    assert at(path) is Verdict.DOCUMENT


def test_patterns_include_and_exclude() -> None:
    assert at("/courses/1", include=("/courses/",)) is Verdict.VISIT
    assert at("/news", include=("/courses/",)) is Verdict.EXCLUDED
    assert at("/courses/old/1", include=("/courses/",), exclude=("/old/",)) is Verdict.EXCLUDED
    assert at("/handbook.pdf", include=("/courses/",)) is Verdict.DOCUMENT


def test_a_start_page_is_always_visited() -> None:
    start = ("/news?edit=1", "http://other.example/x")
    assert at("/news?edit=1", start=start, exclude=("news",)) is Verdict.VISIT
    assert verdict("http://other.example/x", start=start) is Verdict.VISIT
    assert verdict("http://other.example/y", start=start) is Verdict.OUTSIDE


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("http://site.example/any", True),
        ("http://cdn.example/", False),
        ("data:,x", False),
        ("http://site.example:1/", False),
    ],
)
def test_the_platform_has_its_hosts(url: str, there: bool) -> None:
    assert Scope(settings(base=("http://site.example/lms/",))).on_platform(url) is there


@pytest.mark.parametrize(
    "path",
    [
        "/login/logout.php", "/course/switchrole.php?id=1", "/my/index.php?edit=1", "/course/modedit.php?update=5",
        "/calendar/view.php?view=day&time=1764547200", "/user/edit.php?id=2", "/mod/quiz/startattempt.php?cmid=1",
        "/mod/quiz/attempt.php?attempt=1", "/mod/scorm/player.php?a=1", "/mod/forum/post.php?reply=1",
        "/mod/forum/subscribe.php?id=1", "/theme/switchdevice.php", "/course/view.php?id=1&theme=classic",
        "/message/output/popup/mark_notification_read.php?id=1", "/message/index.php?id=7", "/admin/cron.php",
        "/mod/assign/view.php?action=editsubmission&id=1", "/course/view.php?id=1&marker=2", "/mod/lti/launch.php?id=1",
    ],
)  # fmt: skip
def test_the_moodle_preset_leaves_out_what_changes_a_moodle(path: str) -> None:
    assert at(path, preset="moodle") is not Verdict.VISIT


@pytest.mark.parametrize(
    "path",
    [
        "/", "/my/", "/my/courses.php", "/course/view.php?id=3", "/course/index.php?categoryid=2", "/login/index.php",
        "/mod/forum/view.php?id=4", "/mod/forum/discuss.php?d=1", "/mod/quiz/view.php?id=4", "/mod/page/view.php?id=1",
        "/mod/assign/view.php?id=4", "/calendar/view.php?view=month&time=1764547200", "/user/profile.php?id=2",
        "/message/index.php", "/grade/report/user/index.php?id=3", "/mod/glossary/view.php?id=1",
        "/user/preferences.php",
    ],
)  # fmt: skip
def test_the_moodle_preset_keeps_what_people_read(path: str) -> None:
    assert at(path, preset="moodle") is Verdict.VISIT
