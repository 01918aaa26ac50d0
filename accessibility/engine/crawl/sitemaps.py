"""Sitemaps: XML, index, plain text, RSS and Atom, also gzipped; read with bounds, for their addresses only."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from accessibility.engine.crawl.addresses import MAX_LENGTH, host_of, normalise
from accessibility.engine.crawl.fetch import Fetch, Fetched, FetchFailed, gunzip
from accessibility.engine.crawl.robots import Robots, origins
from accessibility.engine.crawl.scope import Scope, Verdict
from accessibility.engine.platform import PlatformSettings

MAX_BYTES = 50 * 1024 * 1024  # of one sitemap, unpacked
MAX_ADDRESSES = 50_000  # of all sitemaps of a platform
MAX_NESTING = 3  # an index of indexes of sitemaps
MAX_FILES = 500
MAX_FAILURES = 5
MAX_XML_DEPTH = 30
CHUNK = 64 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file lists, in its order and as written there: pages, and further sitemaps."""

    pages: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)


def sitemap_addresses(settings: PlatformSettings, robots: Mapping[str, Robots]) -> list[str]:
    """The platform's sitemaps: those of the settings, else of robots.txt, else /sitemap.xml of each host."""
    if settings.sitemaps:
        return [urljoin(settings.base[0], address) for address in settings.sitemaps]
    named = [address for rules in robots.values() for address in rules.sitemaps]
    return named or [f"{origin}/sitemap.xml" for origin in origins(settings)]


async def collect(fetch: Fetch, addresses: Sequence[str], scope: Scope) -> list[str]:
    """Page addresses of these sitemaps and those they name, normalised, in order of appearance, once each.

    Those that the crawl may not visit are dropped. What cannot be read is logged, and the rest still counts.
    """
    walk = _Walk(fetch, scope)
    for address in addresses:
        await walk.read(address, 1)
    return list(walk.pages)


class _Walk:
    """One pass through all sitemaps of a platform."""

    def __init__(self, fetch: Fetch, scope: Scope) -> None:
        self._fetch = fetch
        self._scope = scope
        self._seen: set[str] = set()
        self._failures = 0
        self.pages: dict[str, None] = {}  # in order

    async def read(self, address: str, nesting: int) -> None:
        url = normalise(address)
        if url is None or url in self._seen or self._is_enough():
            return
        self._seen.add(url)
        try:
            answer = await self._fetch(url)
            if answer.status in (404, 410):
                log.info("there is no sitemap at %s", url)
                return
            if answer.status != 200:
                raise FetchFailed(f"the server answered {answer.status}")
            sitemap = parse(answer)
        except FetchFailed as failure:
            self._failures += 1
            log.warning("sitemap %s could not be read: %s", url, failure)
            return
        self._keep(sitemap, answer.final_url)
        for nested in sitemap.sitemaps if nesting < MAX_NESTING else ():
            inner = normalise(nested, answer.final_url)
            if inner is not None and (self._scope.on_platform(inner) or host_of(inner) == host_of(url)):
                await self.read(inner, nesting + 1)

    def _is_enough(self) -> bool:
        return len(self._seen) >= MAX_FILES or self._failures >= MAX_FAILURES or len(self.pages) >= MAX_ADDRESSES

    def _keep(self, sitemap: Sitemap, base: str) -> None:
        for page in sitemap.pages:
            if len(self.pages) >= MAX_ADDRESSES:
                log.warning("the sitemaps list more than %d addresses; the rest is left out", MAX_ADDRESSES)
                return
            url = normalise(page, base)
            if url is not None and self._scope.judge_normal(url) is Verdict.VISIT:
                self.pages.setdefault(url)


def parse(answer: Fetched) -> Sitemap:
    """The addresses of one file. Raises `FetchFailed` if it is none of the formats; a file that breaks off counts."""
    body = gunzip(answer.body, MAX_BYTES) if answer.body.startswith(b"\x1f\x8b") else answer.body
    if len(body) > MAX_BYTES:
        raise FetchFailed(f"more than {MAX_BYTES} bytes")
    head = body[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return _parse_xml(body) if head.startswith(b"<") else _parse_text(body)


def _parse_text(body: bytes) -> Sitemap:
    lines = body.decode("utf-8-sig", "replace").split("\n", MAX_ADDRESSES)[:MAX_ADDRESSES]
    return Sitemap(pages=[line.strip() for line in lines if line.strip().startswith(("http://", "https://"))])


def _parse_xml(body: bytes) -> Sitemap:
    reader = _Reader()
    parser = DefusedXMLParser(target=reader, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        for start in range(0, len(body), CHUNK):
            parser.feed(body[start : start + CHUNK])
            if reader.is_full():
                return reader.sitemap
        parser.close()
    except (ParseError, DefusedXmlException, ValueError) as error:
        if not reader.sitemap.pages and not reader.sitemap.sitemaps:
            raise FetchFailed(f"not a sitemap: {error}") from None
        log.warning("a sitemap breaks off: %s", error)
    return reader.sitemap


class _Reader:
    """Takes the parser's events; keeps addresses only, so that the size of the document does not matter."""

    def __init__(self) -> None:
        self.sitemap = Sitemap()
        self._path: list[str] = []
        self._text: list[str] | None = None

    def is_full(self) -> bool:
        return len(self.sitemap.pages) + len(self.sitemap.sitemaps) >= MAX_ADDRESSES

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag.rpartition("}")[2].lower())
        if len(self._path) > MAX_XML_DEPTH:
            raise ValueError("nested too deeply")
        if self._list() is not None:
            self._text = []
            if self._path[-2:] == ["entry", "link"] and attributes.get("rel", "alternate") == "alternate":
                self._text.append(attributes.get("href", ""))

    def data(self, text: str) -> None:
        if self._text is not None and sum(map(len, self._text)) <= MAX_LENGTH:
            self._text.append(text)

    def end(self, tag: str) -> None:
        addresses = self._list()
        if addresses is not None and self._text is not None:
            address = "".join(self._text).strip()
            if address and not self.is_full():
                addresses.append(address)
            self._text = None
        self._path.pop()

    def close(self) -> None:
        """Part of the parser's interface; there is nothing to finish."""

    def _list(self) -> list[str] | None:
        """Where the address of the element at hand belongs: `url/loc`, `sitemap/loc`, RSS `item/link`, Atom."""
        match self._path[-2:]:
            case ["sitemap", "loc"]:
                return self.sitemap.sitemaps
            case ["url", "loc"] | ["item", "link"] | ["entry", "link"]:
                return self.sitemap.pages
        return None
