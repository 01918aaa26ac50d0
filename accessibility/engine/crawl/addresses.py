"""Addresses of pages, normalised so that one page has one address.

The normal form is also read the same way by the browser: no user-info, no backslashes, no odd spellings of a host.
"""

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

import idna

MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKING = frozenset(
    """_ga _gl gclid gclsrc dclid gbraid wbraid fbclid msclkid yclid twclid ttclid igshid li_fat_id mkt_tok mc_cid
    mc_eid _hsenc _hsmi __hssc __hstc __hsfp vero_id vero_conv ref_src _openstat""".split()
)
_TRACKING_PREFIXES = ("utm_", "pk_", "piwik_", "mtm_", "matomo_")
_SESSION = frozenset(
    "phpsessid jsessionid sessionid session_id sessid asp.net_sessionid cfid cftoken oscsid zenid".split()
)
_SESSION_PREFIXES = ("moodlesession", "aspsessionid")
_SHORT_NUMBER = re.compile(r"\d{1,9}")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*|/\(S\([^/()]*\)\)(?=/|$)", re.IGNORECASE)

_EDGE = "".join(map(chr, range(33)))  # control characters and space, which browsers strip from both ends
_INNER = str.maketrans("", "", "\t\r\n")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")

# Everything else is percent-encoded, and encoded letters, digits, "-", ".", "_", "~" are decoded.
_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_QUERY = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&()*+,;=:@/?]")
_FRAGMENT = re.compile(r"[^!#-;=?-_a-z{|}~]")  # a script compares it as it stands: nothing is decoded
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class Parts(NamedTuple):
    """Parts of a normalised address: `origin` like `https://example.org:8443`, `route` a hash route without `#`."""

    origin: str
    path: str
    query: str
    route: str


def normalise(url: str, base: str | None = None) -> str | None:
    """The address in its one form; None for what is no http or https address or is longer than 2,000 characters.

    A relative address is resolved against `base`. Fragments go, except hash routes (`#/…`, `#!…`).
    """
    text = url[: 4 * MAX_LENGTH + 1].strip(_EDGE).translate(_INNER)
    if len(text) > 4 * MAX_LENGTH:
        return None
    try:
        split = urlsplit(_forward_slashes(text))
        if base is not None and not (split.scheme and split.netloc):
            split = urlsplit(urljoin(base, split.geturl()))
        origin = _origin(split)
    except ValueError:  # a port or IPv6 address that is none
        return None
    if origin is None:
        return None
    normal = unsplit(Parts(origin, _path(split.path), _query(split.query, _QUERY), _route(split.fragment)))
    return normal if len(normal) <= MAX_LENGTH else None


def split(normal: str) -> Parts:
    """The parts of a normalised address."""
    address, _, route = normal.partition("#")
    address, _, query = address.partition("?")
    start = address.index("/", address.index("://") + 3)
    return Parts(address[:start], address[start:], query, route)


def unsplit(parts: Parts) -> str:
    """The normalised address of these parts."""
    origin, path, query, route = parts
    return origin + path + (f"?{query}" if query else "") + (f"#{route}" if route else "")


def host_of(normal: str) -> str:
    """Host of a normalised address, with its port unless that is the scheme's own."""
    return normal.split("/", 3)[2]


def parameters(parts: Parts) -> list[tuple[str, str]]:
    """Names (in lower case) and values of the parameters, decoded; those of a hash route come last."""
    pairs = f"{parts.query}&{parts.route.partition('?')[2]}".split("&")
    return [(unquote(name).lower(), unquote(value)) for name, _, value in (p.partition("=") for p in pairs) if name]


def normal_host(host: str) -> str | None:
    """A host name or IP address in lower case, international names encoded; None for what is none."""
    host = host.lower().removesuffix(".")
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    if not _HOST.fullmatch(host):
        return None
    if _NUMERIC_HOST.fullmatch(host):  # browsers read 127.1 and 0x7f000001 as 127.0.0.1; one spelling is enough
        return str(ipaddress.IPv4Address(host))
    return host


def _forward_slashes(text: str) -> str:
    """Browsers read backslashes before the query as slashes; so does whoever decides about hosts."""
    if "\\" not in text:
        return text
    end = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _origin(split: SplitResult) -> str | None:
    if split.scheme not in DEFAULT_PORTS or not split.hostname:
        return None
    host, port = _cached_host(split.hostname), split.port
    if host is None:
        return None
    return f"{split.scheme}://{host}" + ("" if port in (None, DEFAULT_PORTS[split.scheme]) else f":{port}")


@lru_cache(maxsize=4096)
def _cached_host(host: str) -> str | None:
    return normal_host(host)


def _path(path: str) -> str:
    path = _PATH.sub(_encoded, path)
    if ";" in path or "(" in path:
        path = _PATH_SESSION.sub("", path)
    if "/." in path:
        path = _without_dots(path)
    return path or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, alphabet: re.Pattern[str]) -> str:
    if not query:
        return ""
    pairs = (alphabet.sub(_encoded, pair).partition("=") for pair in query.split("&") if pair)
    return "&".join("".join(pair) for pair in sorted(p for p in pairs if not _is_noise(p[0], p[2])))


def _is_noise(name: str, value: str) -> bool:
    """Tracking and session parameters. A `sid` that is a short number is somebody's section, not a session."""
    name = unquote(name).lower()
    if name == "sid":
        return not _SHORT_NUMBER.fullmatch(value)
    return name in _TRACKING or name in _SESSION or name.startswith(_TRACKING_PREFIXES + _SESSION_PREFIXES)


def _route(fragment: str) -> str:
    if not fragment.startswith(("/", "!")):
        return ""
    path, _, query = _FRAGMENT.sub(_encoded, fragment).partition("?")
    query = _query(query, _FRAGMENT)
    if path in ("/", "!", "!/") and not query:  # the application's own first view
        return ""
    return f"{path}?{query}" if query else path


def _encoded(match: re.Match[str]) -> str:
    text = match.group()
    if len(text) == 3:
        character = chr(int(text[1:], 16))
        return character if character in _UNRESERVED else text.upper()
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))
