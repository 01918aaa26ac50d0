"""Pictures of what failed: the element with a little around it, once per component."""

import struct
from collections.abc import Iterator

import pytest

from accessibility.engine.crawl.screenshots import HIGHEST, MARGIN, WIDEST
from accessibility.engine.finding import Box
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import TinySite, document, tiny_site

PAGES = {
    "/small": document('<p style="height:1500px">Far down</p><img src="data:," width="80" height="40">'),
    "/huge": document('<img src="data:," style="display:block;width:3000px;height:2000px">'),
    "/list": document("<ul>" + '<li><img src="data:," width="30" height="30"></li>' * 20 + "</ul>"),
    "/nowhere": document("", title=""),
}


@pytest.fixture(scope="module")
def site() -> Iterator[TinySite]:
    with tiny_site(PAGES) as site:
        yield site


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def crops(site: TinySite, path: str) -> tuple[Audited, list[bytes]]:
    audited = audit(site.base, [path], settings_for(site.base), checks=("axe",))
    return audited, list(audited.worklist.crops.values())


def test_a_picture_shows_the_element_with_a_margin_wherever_it_is_on_the_page(site: TinySite) -> None:
    audited, [png] = crops(site, "/small")
    [box] = [finding.box for finding in audited.findings("/small") if finding.rule == "image-alt"]
    assert isinstance(box, Box)
    assert box.y > 1500
    assert abs(size(png)[0] - (80 + MARGIN + min(box.x, MARGIN))) <= MARGIN
    assert abs(size(png)[1] - (40 + 2 * MARGIN)) <= 1


def test_a_picture_of_something_huge_is_bounded(site: TinySite) -> None:
    _, [png] = crops(site, "/huge")
    assert size(png) == (WIDEST, HIGHEST)


def test_twenty_items_of_one_list_have_one_picture(site: TinySite) -> None:
    audited, pictures = crops(site, "/list")
    assert audited.failed("/list") == ["image-alt"] * 20
    assert len(pictures) == 1
