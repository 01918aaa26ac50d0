"""Which addresses the crawl may visit. A request that follows a link must never change anything on the platform."""

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from accessibility.engine.crawl.addresses import Parts, host_of, normal_host, normalise, parameters, split
from accessibility.engine.crawl.presets import preset
from accessibility.engine.platform import PlatformSettings


class Verdict(StrEnum):
    """What the crawl does with an address; all but `VISIT` say why it is not visited."""

    VISIT = "visit"
    DOCUMENT = "document"  # a download: recorded, not visited
    NO_PAGE = "not a web address"  # mailto:, tel:, javascript:, too long
    OUTSIDE = "outside the platform"
    EXCLUDED = "excluded by a pattern"
    LOGOUT = "ends the session"
    CHANGES_STATE = "changes state"


EXAMINED_EXTENSIONS = frozenset({"pdf", "docx", "pptx"})
DOCUMENT_EXTENSIONS = frozenset(
    """pdf ps djvu doc docx docm dot dotx odt ott rtf xls xlsx xlsm xlsb ods csv tsv ppt pptx pptm pps ppsx odp txt md
    epub mobi azw3 tex bib zip gz tgz tar bz2 xz 7z rar mbz h5p apk dmg exe msi iso jar deb rpm ics vcf vcs kml gpx
    mp3 m4a aac ogg oga wav flac mp4 m4v webm ogv avi mov mkv wmv mpg mpeg srt vtt
    jpg jpeg png gif webp avif svg ico bmp tif tiff psd ai eps ttf otf woff woff2
    css js mjs map json xml rss atom xsd wasm swf""".split()
)
_FILE_NAMES = frozenset(("file", "filename", "attachment"))
_DOWNLOAD_NAMES = frozenset(("forcedownload", "download", "downloadown"))

_LOGOUT = re.compile(
    r"(?:do|user|auth|session)?[-_]?(?:log|sign)[-_]?(?:out|off)|end[-_]?session|abmelden|d[eé]connexion|disconnetti"
    r"|cerrar-?sesion|uitloggen|wyloguj"
)
# cheap, and enough for most addresses
_PERHAPS_LOGOUT = re.compile(r"out|off|session|abmelden|onnexion|disconn|uitlog|sesion|wylog")
_STATE_NAMES = frozenset(
    """sesskey delete del remove confirm edit editing switchrole add add-to-cart add_to_cart addtocart unsubscribe
    csrf_token csrfmiddlewaretoken authenticity_token _token _wpnonce _method""".split()
)
_ACTION_NAMES = frozenset("action act do op task cmd command method mode".split())
_STATE_VERB = re.compile(
    r"del(?!iver)|remove|destroy|trash|unsubscribe|switchrole"
    r"|(?:edit|add|create|save|update|move|copy|hide|enable|disable|subscribe|enrol|unenrol|approve|reject|vote|like"
    r"|submit|send|post|publish|restore|reset|lock|unlock|mark|toggle|confirm|cancel)(?![a-z])"
)
_STATE_SEGMENTS = frozenset("delete remove destroy trash unsubscribe switchrole add-to-cart".split())


class Scope:
    """The decisions for one platform, its preset included. `hosts` may be navigated to, written as `host_of` does."""

    def __init__(self, settings: PlatformSettings) -> None:
        self.hosts = frozenset(_host(netloc) for netloc in settings.navigable_hosts)
        whole = {_host(host) for host in settings.hosts}
        self._folders = [(host, folder) for host, folder in map(_folder, settings.base) if host not in whole]
        self._starts = frozenset(normalise(address) for address in settings.start_addresses)
        self._include = [re.compile(expression) for expression in settings.include]
        self._exclude = [re.compile(expression) for expression in (*settings.exclude, *preset(settings).exclude)]

    def judge(self, url: str) -> Verdict:
        """The verdict for an address, normalised or not. A start address is always visited."""
        normal = normalise(url)
        return Verdict.NO_PAGE if normal is None else self.judge_normal(normal)

    def judge_normal(self, normal: str) -> Verdict:
        """The verdict for an address that is normalised already."""
        if normal in self._starts:
            return Verdict.VISIT
        parts = split(normal)
        if not self._covers(host_of(normal), parts.path):
            return Verdict.OUTSIDE
        pairs = parameters(parts) if parts.query or "?" in parts.route else []
        danger = _danger(normal, parts, pairs)
        if danger is not None:
            return danger
        if any(expression.search(normal) for expression in self._exclude):
            return Verdict.EXCLUDED
        if _is_document(parts, pairs):
            return Verdict.DOCUMENT
        if self._include and not any(expression.search(normal) for expression in self._include):
            return Verdict.EXCLUDED
        return Verdict.VISIT

    def on_platform(self, url: str) -> bool:
        """Whether the address's host is one of the platform's (navigable) hosts."""
        normal = normalise(url)
        return normal is not None and host_of(normal) in self.hosts

    def _covers(self, host: str, path: str) -> bool:
        if host not in self.hosts:
            return False
        folders = [folder for its_host, folder in self._folders if its_host == host]
        return not folders or any(f"{path}/".startswith(folder) for folder in folders)


def _host(netloc: str) -> str:
    """A host of the settings as `host_of` writes it; without a port it means the ports of http and https."""
    split_host = urlsplit(f"//{netloc}")
    host, port = normal_host(split_host.hostname or ""), split_host.port
    return f"{host}:{port}" if port not in (None, 80, 443) else str(host)


def _folder(base: str) -> tuple[str, str]:
    """Host and folder of a base address: `/lms/`, also for `/lms` and `/lms/index.php`."""
    normal = normalise(base) or base
    path = split(normal).path
    head, _, last = path.rpartition("/")
    return host_of(normal), path if not last else f"{head}/" if "." in last else f"{path}/"


def _danger(normal: str, parts: Parts, pairs: list[tuple[str, str]]) -> Verdict | None:
    """Whether following the address would end the session or change something."""
    segments = [_stem(segment) for path in (parts.path, parts.route.partition("?")[0]) for segment in path.split("/")]
    if _PERHAPS_LOGOUT.search(normal.lower()):
        words = [word for name, value in pairs for word in (name, value.lower())]
        if any(_LOGOUT.fullmatch(word) for word in (*segments, *words)):
            return Verdict.LOGOUT
    if not _STATE_SEGMENTS.isdisjoint(segments) or any(_changes_state(name, value.lower()) for name, value in pairs):
        return Verdict.CHANGES_STATE
    return None


def _stem(segment: str) -> str:
    return unquote(segment).lower().split(".", 1)[0]


def _changes_state(name: str, value: str) -> bool:
    return name in _STATE_NAMES or (name in _ACTION_NAMES and _STATE_VERB.match(value) is not None)


def _is_document(parts: Parts, pairs: list[tuple[str, str]]) -> bool:
    if _extension(parts.path.rpartition("/")[2]) in DOCUMENT_EXTENSIONS and not parts.route:
        return True
    return any(
        (name in _DOWNLOAD_NAMES and value not in ("", "0", "false"))
        or (name in _FILE_NAMES and _extension(value) in DOCUMENT_EXTENSIONS)
        for name, value in pairs
    )


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def may_be_examined(normal: str) -> bool:
    """Whether a document's address says that it is of a kind that can be examined, or does not say what it is."""
    parts = split(normal)
    files = [parts.path.rpartition("/")[2], *(value for name, value in parameters(parts) if name in _FILE_NAMES)]
    known = {_extension(name) for name in files} & DOCUMENT_EXTENSIONS
    return not known or not known.isdisjoint(EXAMINED_EXTENSIONS)
