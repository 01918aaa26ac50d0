"""Variants of one page under several addresses: language, order, and the slash at the end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accessibility.engine.crawl.addresses import host_of, normalise, split, unsplit

_LANGUAGE_NAMES = frozenset("lang language hl locale setlang uselang lng langid lang_id".split())
_LANGUAGE_VALUE = re.compile(r"(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*|\d{0,4})", re.IGNORECASE)
_ORDER_NAMES = frozenset(
    """sort sortby sort_by sortorder sort_order sortdir sort_dir orderby order_by orderdir order_dir direction
    tsort tdir tshow thide treset tifirst tilast sifirst silast perpage per_page pagesize page_size""".split()
)
_DIRECTION = re.compile(r"asc|desc|ascending|descending|up|down|[01]", re.IGNORECASE)
_FILE = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def folded(normal: str) -> str:
    """The address without the parameters that only choose a language or an order."""
    parts = split(normal)
    if not parts.query:
        return normal
    kept = "&".join(pair for pair in parts.query.split("&") if not _is_variant(*pair.partition("=")[::2]))
    return normal if kept == parts.query else unsplit(parts._replace(query=kept))


def _is_variant(name: str, value: str) -> bool:
    name = name.lower()
    if name in _LANGUAGE_NAMES:
        return _LANGUAGE_VALUE.fullmatch(value) is not None
    if name == "dir":  # may also be a folder
        return _DIRECTION.fullmatch(value) is not None
    if name == "order":  # may also be an order's number
        return not value.isdigit()
    return name in _ORDER_NAMES


def same_page(planned: str, final: str) -> bool:
    """Whether two addresses are one page, language and order variants aside."""
    return folded(normalise(planned) or planned) == folded(normalise(final) or final)


@dataclass(frozen=True, slots=True)
class SlashRule:
    """Which hosts end their addresses with a slash (True) or never do (False), as their redirects have shown."""

    hosts: dict[str, bool]

    def apply(self, normal: str) -> str:
        """The address as its host writes it; unchanged where nothing was learned."""
        slash = self.hosts.get(host_of(normal))
        return normal if slash is None or _has_slash(normal) in (slash, None) else other_form(normal)

    def made(self, normal: str) -> bool:
        """Whether the rule may have brought the address into its form."""
        slash = self.hosts.get(host_of(normal))
        return slash is not None and _has_slash(normal) is slash


def learn_slashes(visits: Iterable[tuple[str, str]]) -> SlashRule:
    """The rule from visits: address asked for, address that answered.

    A redirect from A to A/ (or back) teaches it for that host, unless another redirect, or a page that stays at the
    other form, contradicts.
    """
    moved: dict[str, set[bool]] = {}
    stayed: dict[str, set[bool | None]] = {}
    for asked, final in visits:
        if asked == final:
            stayed.setdefault(host_of(asked), set()).add(_has_slash(asked))
        elif final == other_form(asked):
            moved.setdefault(host_of(asked), set()).add(final == _with_slash(final))
    return SlashRule(
        {
            host: slash
            for host, (slash, *others) in ((host, sorted(forms)) for host, forms in moved.items())
            if not others and (not slash) not in stayed.get(host, ())
        }
    )


def other_form(normal: str) -> str:
    """The address with its path's last slash added or taken away; the root of a host has one form only."""
    parts = split(normal)
    if parts.path == "/":
        return normal
    return unsplit(parts._replace(path=parts.path[:-1] if parts.path.endswith("/") else parts.path + "/"))


def _with_slash(normal: str) -> str:
    return normal if split(normal).path.endswith("/") else other_form(normal)


def _has_slash(normal: str) -> bool | None:
    """None for what has no choice: the root of a host, and files such as `page.html`."""
    path = split(normal).path
    if path == "/" or _FILE.search(path):
        return None
    return path.endswith("/")
