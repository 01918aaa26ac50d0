"""Every frame is a part of its page: looked into wherever it lives, or named as not audited."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, TinySite, document, redirect, tiny_site

IMAGE = '<img src="data:,">'
BARE = f"<!doctype html><html><head></head><body>{IMAGE}<p>Content of the frame</p></body></html>"
FRAME = '<iframe title="A frame" src="{}"></iframe>'
SIZED = 'width="300" height="200"'


def script(code: str, body: str = "") -> str:
    return document(f"{body}<script>{code}</script>")


def late(address: str) -> str:
    code = "const f = document.createElement('iframe'); f.title = 'late'; f.src = '%s'; document.body.append(f)"
    return script(f"setTimeout(() => {{ {code % address} }}, 50)")


def shadow(mode: str) -> str:
    return script(
        f"const root = document.querySelector('#host').attachShadow({{mode: '{mode}'}});"
        f"root.innerHTML = `{IMAGE}{FRAME.format('/content')}`",
        '<div id="host"></div>',
    )


ONE_IN_FRAME = {  # a page, and how many frames lead to the one image without an alternative
    "/same-site": (document(FRAME.format("/content")), 1),
    "/other-site": (document(FRAME.format("{other}/content")), 1),
    "/nested": (document(FRAME.format("{other}/holds-content")), 2),
    "/nested-twice": (document(FRAME.format("{base}/holds-nested")), 3),
    "/srcdoc": (document(f"<iframe title='a' srcdoc='{IMAGE}'></iframe>"), 1),
    "/sandboxed": (document('<iframe title="a" sandbox src="/content"></iframe>'), 1),
    "/sandboxed-with-scripts": (
        document('<iframe title="a" sandbox="allow-scripts" src="{other}/content"></iframe>'),
        1,
    ),
    "/lazy": (
        document('<p style="height:9000px"></p><iframe loading="lazy" title="a" src="/slow-content"></iframe>'),
        1,
    ),
    "/late": (late("/slow-content"), 1),
    "/late-other-site": (late("{other}/slow-content"), 1),
    "/redirected": (document(FRAME.format("/to-content")), 1),
    "/sent-on-by-script": (document(FRAME.format("/script-to-content")), 1),
    "/object": (document(f'<object data="/content" type="text/html" aria-label="a" {SIZED}></object>'), 1),
    "/filled-late": (document(FRAME.format("{other}/fills-itself")), 1),
    "/in-closed-shadow-root": (shadow("closed"), 1),
}
NOT_AUDITED = {  # a page, and the address that is named
    "/missing": (document(FRAME.format("/not-there")), "/not-there"),
    "/out-of-order": (document(FRAME.format("/503")), "/503"),
    "/out-of-order-without-words": (document(FRAME.format("/empty-503")), "/empty-503"),
    "/private": (document(FRAME.format("http://10.0.0.1/x")), "http://10.0.0.1/x"),
    "/no-name": (document(FRAME.format("http://nowhere.invalid/x")), "http://nowhere.invalid/x"),
    "/denied": (document(FRAME.format("{other}/denies")), "{other}/denies"),
    "/pdf": (document(f'<embed src="/sample.pdf" type="application/pdf" title="b" {SIZED}>'), "/sample.pdf"),
    "/never-loaded": (late("/silent"), "/silent"),
    "/hung-frame": (document(FRAME.format("{other}/hangs")), "{other}/hangs"),
}
NOTHING = {
    "/hidden": document(
        '<iframe hidden src="/content"></iframe><div style="display:none"><iframe src="/content"></iframe></div>'
    ),
    "/pixel": document('<iframe title="a" width="1" height="1" src="{other}/content"></iframe>'),
    "/blank": document('<iframe title="a"></iframe><iframe title="b" src="about:blank"></iframe>'),
    "/picture": document('<iframe title="a" src="/sample.png"></iframe>'),
    "/text": document('<iframe title="a" src="/sample.txt"></iframe>'),
}
INSIDE: dict[str, Any] = {
    "/content": BARE,
    "/slow-content": Answer(BARE, wait=1.0),
    "/holds-content": document(FRAME.format("{base}/content?nested")),
    "/holds-nested": document(FRAME.format("{other}/holds-content?twice")),
    "/to-content": redirect("{other}/content?redirected"),
    "/script-to-content": "<script>location = '{other}/content?scripted'</script>",
    "/fills-itself": f"<body><script>setTimeout(() => {{ document.body.innerHTML = '{IMAGE}' }}, 120)</script></body>",
    "/503": 503,
    "/empty-503": Answer(status=503),
    "/denies": Answer(BARE, headers={"X-Frame-Options": "DENY"}),
    "/silent": Answer(wait=-1),
    "/hangs": "<p>Text</p><script>setTimeout(() => { while (true); }, 100)</script>",
    "/sample.pdf": Answer(b"%PDF-1.4\n%%EOF", headers={"Content-Type": "application/pdf"}),
    "/sample.png": Answer(bytes.fromhex("89504e470d0a1a0a"), headers={"Content-Type": "image/png"}),
    "/sample.txt": Answer("Words", headers={"Content-Type": "text/plain"}),
}
OTHERS = {
    "/open-shadow-root": shadow("open"),
    "/many": document("".join(f'<iframe title="f{i}" src="/content?{i}"></iframe>' for i in range(62))),
    "/fine": document("Fine"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    pages = {path: page for path, (page, _) in (ONE_IN_FRAME | NOT_AUDITED).items()} | NOTHING | OTHERS | INSIDE
    with tiny_site(pages) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite) -> Audited:
    given = [*ONE_IN_FRAME, *NOTHING, *OTHERS, *NOT_AUDITED, "/fine?last"]
    return audit(site.base, given, settings_for(site.base, page_timeout=20), checks=("axe",))


@pytest.mark.parametrize("path", ONE_IN_FRAME)
def test_a_barrier_in_a_frame_is_found_once_and_nothing_that_concerns_whole_pages(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")
    assert audited.failed(path) == ["image-alt"]
    [frame] = {finding.frame for finding in audited.findings(path) if finding.rule == "image-alt"}
    assert len(frame) == ONE_IN_FRAME[path][1]


@pytest.mark.parametrize("path", NOT_AUDITED)
def test_a_frame_that_cannot_be_looked_into_makes_the_page_partly_audited_and_is_named(
    site: TinySite, audited: Audited, path: str
) -> None:
    named = NOT_AUDITED[path][1].replace("{other}", site.other)
    assert audited.state(path) == ("partly audited", "frame not audited", named)
    assert audited.failed(path) == []
    assert audited.row(path).states == ()


@pytest.mark.parametrize("path", NOTHING)
def test_a_frame_that_shows_nobody_anything_is_passed_over(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("audited", "", "")
    assert audited.failed(path) == []


def test_open_shadow_roots_are_looked_into_with_the_frames_in_them(audited: Audited) -> None:
    found = {
        (finding.frame, finding.selector)
        for finding in audited.findings("/open-shadow-root")
        if finding.rule == "image-alt"
    }
    assert found == {((), "#host >>> img"), (("#host >>> iframe",), "img")}


def test_a_page_of_very_many_frames_is_bounded_and_says_so(audited: Audited) -> None:
    assert audited.state("/many") == ("partly audited", "frame not audited", "/content?60")
    assert len(audited.failed("/many")) == 60


def test_a_box_in_a_frame_is_counted_from_the_top_of_the_page(audited: Audited) -> None:
    [finding] = [one for one in audited.findings("/other-site") if one.rule == "image-alt"]
    assert finding.box is not None
    assert finding.box.y > 30


def test_the_pages_beside_a_hung_frame_are_audited(audited: Audited) -> None:
    assert audited.state("/fine?last") == ("audited", "", "")
