"""Takes secrets out of anything that is about to be logged: by their value, by their form, and by their name.

Three nets, because each has holes. Secrets of the settings are known by value wherever they turn up. Keys of ours and
credentials in addresses and headers have a form that is seen within texts and tracebacks. And what a name calls secret
is never shown at all.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from core.settings import SECRETS, Settings

HIDDEN = "[hidden]"
PASSWORD_OF_DATABASE = re.compile(r"://[^:/@]*:([^@]+)@")  # as SQLAlchemy reads it, which costs a gate much to load
SHORTEST = 4  # a shorter value is no secret, and stands in half of all words

NAME = re.compile(
    r"passw|secret|token|cookie|credential|authori[sz]ation|api[-_]?key|session[-_]?key|csrf", re.IGNORECASE
)

_BETWEEN = r"""(?:["']?\s*[:=]|["']\s*,)\s*"""  # a header, a field of JSON, an assignment, a pair in a list
_HEADER = "(?:set-cookie|cookie|proxy-authorization|authorization)"
_NAMED = r"""[\w.-]{0,40}(?:passw|pwd|secret|token|credential|api[-_]?key|sess[-_]?key|session[-_]?key|csrf)\w{0,20}"""
_IN_ADDRESS = r"""[\w.-]{0,40}(?:pass\w*|pwd|secret|token|key|code|sig|signature|assertion|auth|session)"""
_END = r"(?=\nCONTEXT:|\n\[SQL|\n\(Background|\Z)"  # of a part of an error of the database
FORMS = (
    (re.compile(r"(?<=://)[^/\s?#\"']*@"), f"{HIDDEN}@"),  # https://user:password@host
    (re.compile(rf"(?<=[?&;])({_IN_ADDRESS}=)[^&;#\s\"'<>]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    # headers, to the end of their line
    (re.compile(rf"\b({_HEADER}{_BETWEEN}).+", re.IGNORECASE), rf"\1{HIDDEN}"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\bcampus_[\w-]{43}(?![\w-])", re.ASCII), HIDDEN),  # a token of ours
    (
        re.compile(
            rf"""\b({_NAMED}{_BETWEEN})(?!\[hidden])(b?"[^"\n]*"|b?'[^'\n]*'|[^\s,;&)\]}}"']+)""", re.IGNORECASE
        ),
        rf"\1{HIDDEN}",
    ),
    # rows that PostgreSQL shows, and parameters that SQLAlchemy would show, were `hide_parameters` ever forgotten
    (re.compile(rf"(?<=Failing row contains )\(.*?{_END}", re.DOTALL), HIDDEN),
    (re.compile(rf"(?<=DETAIL:  Key )\(.*?{_END}", re.DOTALL), HIDDEN),
    (re.compile(rf"(?<=\[parameters: ).*?{_END}", re.DOTALL), HIDDEN),
)


class Redactor:
    """Hides secrets, those of `known` by their value."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        forms = {form for value in known if len(value) >= SHORTEST for form in (value, quote(value, safe=""))}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def text(self, text: str) -> str:
        """The text without what is secret in it."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for form, instead in FORMS:
            text = form.sub(instead, text)
        return text

    def value(self, name: str, value: Any) -> Any:
        """The value of this name without what is secret in it, at any depth. What is no plain data becomes a text."""
        if NAME.search(name):
            return HIDDEN
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(str(key), inner) for key, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value("", inner) for inner in value]
        if isinstance(value, bytes):
            return self.text(value.decode(errors="replace"))
        return self.text(str(value))


def secrets_of(settings: Settings) -> list[str]:
    """The secret values of the settings; of the database's address its password."""
    found = []
    for name in SECRETS:
        value = getattr(settings, name)
        if value is not None and name != "database_url":
            found.append(value.get_secret_value())
    if "://" not in settings.database:  # no address at all: it is refused where the database is opened, unshown
        return [*found, settings.database]
    password = PASSWORD_OF_DATABASE.search(settings.database)
    return [*found, *([password[1], unquote(password[1])] if password else [])]
