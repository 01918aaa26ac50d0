"""Private addresses: no page, redirect, sub-resource, sitemap or changing name makes an audit ask one.

Two servers of one port on the loopback: the site's address is permitted, that of the inner service is not. The guard
itself is in `tests/accessibility/crawl/test_guard.py`, webhooks are in `tests/jobs/test_webhooks.py`.
"""

import asyncio
from collections.abc import Iterator
from functools import partial
from ipaddress import ip_address, ip_network

import pytest

from accessibility.engine import audit as engine
from accessibility.engine.crawl import discovery
from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.networks import Address
from accessibility.engine.page import Reason
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, TinySite, document, redirect, tiny_site

SITE, INNER = ip_address("127.0.0.1"), ip_address("127.0.0.2")
PERMITTED = ("127.0.0.1/32",)
INSIDE = "http://127.0.0.2:{port}"
OTHER_SPELLINGS = (
    "http://2130706434:{port}/",
    "http://0x7f000002:{port}/",
    "http://127.2:{port}/",
    "http://0177.0.0.2:{port}/",
)
SUB_RESOURCES = f"""
<img src="{INSIDE}/img" alt=""><script src="{INSIDE}/script"></script><link rel="stylesheet" href="{INSIDE}/css">
<iframe src="{INSIDE}/frame" title="Frame"></iframe><object data="{INSIDE}/object"></object>
<embed src="{INSIDE}/embed"><video src="{INSIDE}/video"></video><link rel="preload" as="image" href="{INSIDE}/preload">
<link rel="prefetch" href="{INSIDE}/prefetch">
<style>@font-face{{font-family:x;src:url({INSIDE}/font)}} p{{font-family:x}}
main{{background:url({INSIDE}/background)}}</style>
<p>Text</p><img src="/to-inner-image" alt="">
<iframe src="/to-inner" title="Redirected frame"></iframe>
<script>
const ask = (what) => {{ try {{ what(); }} catch (error) {{ }} }};
ask(() => fetch("{INSIDE}/fetch", {{mode: "no-cors"}}).catch(() => 0));
ask(() => fetch("/to-inner").catch(() => 0));
ask(() => new EventSource("{INSIDE}/events"));
ask(() => new WebSocket("{INSIDE}/socket".replace("http", "ws")));
ask(() => navigator.sendBeacon("{INSIDE}/beacon"));
ask(() => new Worker(URL.createObjectURL(new Blob(["fetch('{INSIDE}/worker', {{mode: 'no-cors'}})"]))));
ask(() => {{ const request = new XMLHttpRequest(); request.open("GET", "{INSIDE}/xhr"); request.send(); }});
ask(() => window.open("{INSIDE}/popup"));
</script>"""


@pytest.fixture(scope="module")
def inner() -> Iterator[TinySite]:
    """A service that no audit may reach; it would answer everything."""
    with tiny_site({path: document("<p>Secret</p>") for path in ("/", "/secret", "/robots.txt")}, "127.0.0.2") as site:
        yield site


@pytest.fixture(scope="module")
def site(inner: TinySite) -> Iterator[TinySite]:
    """The audited platform, on the same port of another address."""
    port = inner.base.rpartition(":")[2]
    pages = {
        "/": document(SUB_RESOURCES.replace("{port}", port)),
        "/to-inner": redirect(f"{inner.base}/secret"),
        "/to-inner-image": redirect(f"{inner.base}/image.png", 307),
        "/refresh": document("<p>Text</p>", head=f'<meta http-equiv="refresh" content="0; url={inner.base}/secret">'),
        "/script": document(f'<script>location.href = "{inner.base}/secret"</script>'),
        "/form": document(f'<form action="{inner.base}/secret"></form><script>document.forms[0].submit()</script>'),
        "/robots.txt": Answer(status=302, headers={"Location": f"{inner.base}/robots.txt"}),
        "/sitemap.xml": Answer(
            f"<urlset><url><loc>{inner.base}/secret</loc></url></urlset>", headers={"Content-Type": "text/xml"}
        ),
    }
    with tiny_site(pages, port=int(port)) as site:
        yield site


@pytest.fixture(scope="module")
def audited(site: TinySite, inner: TinySite) -> Audited:
    """The pages that lead inside, and the inner service under every name."""
    paths = ["/", "/to-inner", "/refresh", "/script", "/form"]
    hosts = (inner.base.removeprefix("http://"),)  # the crawl would follow: only the guard stands in the way
    return audit(site.base, paths, settings_for(site.base, hosts=hosts), permitted_networks=PERMITTED)


def test_no_redirect_script_or_sub_resource_reaches_it(audited: Audited, inner: TinySite) -> None:
    assert audited.row("/").state.value in ("audited", "partly audited")
    assert inner.asked == []


@pytest.mark.parametrize("path", ["/to-inner", "/refresh", "/script", "/form"])
def test_a_page_that_leads_there_says_so_and_is_not_clean(audited: Audited, path: str) -> None:
    assert audited.state(path) == ("not audited", Reason.ADDRESS_REFUSED.value, "127.0.0.2")


def test_no_spelling_of_the_address_reaches_it(site: TinySite, inner: TinySite) -> None:
    port = inner.base.rpartition(":")[2]
    spelt = [one.replace("{port}", port) for one in OTHER_SPELLINGS]
    body = "".join(f'<img src="{one}" alt=""><iframe src="{one}" title="Frame"></iframe>' for one in spelt)
    site.pages["/spelt"] = document(body)
    audit(site.base, ["/spelt"], settings_for(site.base), permitted_networks=PERMITTED)
    assert inner.asked == []


def test_neither_robots_txt_nor_a_sitemap_leads_there(site: TinySite, inner: TinySite) -> None:
    settings = settings_for(site.base, hosts=(inner.base.removeprefix("http://"),), robots=True)
    permitted = [ip_network(cidr) for cidr in PERMITTED]
    asyncio.run(discovery.look_around(settings, permitted))
    assert "/robots.txt" in site.paths()
    assert inner.asked == []


def test_a_name_that_changes_its_address_while_the_page_loads_reaches_nothing(
    site: TinySite, inner: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[Address]:
        asked.append(host)
        return [SITE] if asked.count(host) == 1 else [INNER]

    monkeypatch.setattr(engine, "Guard", partial(Guard, resolve=rebinding))
    base = site.base.replace("127.0.0.1", "rebind.invalid")
    site.pages["/rebind"] = document('<img src="/secret" alt=""><iframe src="/secret" title="Frame"></iframe>')
    found = audit(base, ["/rebind", "/"], settings_for(base, parallel=1), permitted_networks=PERMITTED)
    assert asked.count("rebind.invalid") > 1
    assert inner.asked == []
    assert found.row("/rebind").state.value != "audited" or found.row("/").state.value != "audited"
