"""Address patterns of sections, pure: an address, or a path on any host of the platform; `*` stands for anything.

Regular expressions, as a platform's own include patterns are, were not taken: sections are written by people who own
courses, in bulk and in spreadsheets, where a dot or a question mark of an address must mean itself. And one of theirs
must not be able to hold up the end of a night: a pattern is matched from left to right without ever going back.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accessibility.engine.crawl.addresses import normalise
from core.errors import InvalidInput
from core.i18n import gettext as _

LONGEST = 500
MOST_STARS = 5
MOST_PATTERNS = 50
ANYTHING = "*"
PLACE = "patterns"

_ABSOLUTE = re.compile(r"https?://[^/?#*]+(?=/)", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_IN_ONE_WORD = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was checked. `pieces` are what stands between its stars."""

    pieces: tuple[str, ...]
    absolute: bool

    def matches(self, url: str) -> bool:
        """Whether a normalised address fits, as a whole. `/course/*` fits `/course` too."""
        subject = url if self.absolute else _from_path(url)
        return self._fits(subject) or (self.pieces[-1] == "" and self._fits(f"{subject}/"))

    def _fits(self, subject: str) -> bool:
        first, last = self.pieces[0], self.pieces[-1]
        if len(self.pieces) == 1:
            return subject == first
        end = len(subject) - len(last)
        at = len(first)
        if end < at or not subject.startswith(first) or not subject.endswith(last):
            return False
        for piece in self.pieces[1:-1]:
            found = subject.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


def pattern(text: str) -> Pattern:
    """A pattern from its text, which `checked` has let through."""
    return Pattern(tuple(text.split(ANYTHING)), absolute="://" in text.partition(ANYTHING)[0][:8])


class Belonging:
    """Finds the sections of an address. Patterns are looked up by what stands before their first star.

    So a page costs a look for each length of such a beginning, however many sections there are.
    """

    def __init__(self, sections: Iterable[tuple[int, Iterable[str]]]) -> None:
        """`sections`: each section's number with its patterns."""
        self._by_start: dict[str, list[tuple[int, Pattern]]] = defaultdict(list)
        for number, texts in sections:
            for text in texts:
                one = pattern(text)
                self._by_start[one.pieces[0]].append((number, one))
        self._lengths = sorted({len(start) for start in self._by_start})

    def sections_of(self, url: str) -> set[int]:
        """Numbers of the sections to which a normalised address belongs."""
        candidates = (
            candidate
            for subject in (f"{url}/", f"{_from_path(url)}/")  # as if it were a folder, see `Pattern.matches`
            for length in self._lengths
            for candidate in self._by_start.get(subject[:length], ())
        )
        return {number for number, one in candidates if one.matches(url)}


def checked_all(given: Iterable[str], on_platform: Callable[[str], bool]) -> list[str]:
    """Every pattern once, in the order given. Raises `InvalidInput` naming the one that cannot be, or that none is."""
    found = list(dict.fromkeys(checked(text, on_platform) for text in given if text.strip()))
    if not found:
        raise InvalidInput(_("at least one is needed, such as /course/12/*"), place=PLACE)
    if len(found) > MOST_PATTERNS:
        raise InvalidInput(_("at most %(n)s are possible", n=MOST_PATTERNS), place=PLACE)
    return found


def checked(given: str, on_platform: Callable[[str], bool]) -> str:
    """The pattern in the form in which addresses are kept. `on_platform`: whether an address is on one of its hosts."""
    text = re.sub(r"\*+", ANYTHING, given.strip())
    text = _NOT_ASCII.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)
    if len(text) > LONGEST or not _IN_ONE_WORD.fullmatch(text):
        raise _wrong(given, _("a pattern has at most %(n)s characters and no space", n=LONGEST))
    if text.count(ANYTHING) > MOST_STARS:
        raise _wrong(given, _("at most %(n)s stars are possible", n=MOST_STARS))
    if text.startswith("/") and not text.startswith("//"):
        return text
    origin = _ABSOLUTE.match(text)
    if origin is None:
        raise _wrong(given, _("begin with / or with https://host/, and put stars after that"))
    home = normalise(f"{origin[0]}/")
    if home is None or not on_platform(home):
        raise _wrong(given, _("the platform does not have this host"))
    return home + text[origin.end() + 1 :]


def _wrong(given: str, reason: str) -> InvalidInput:
    return InvalidInput(_("“%(pattern)s”: %(reason)s", pattern=given.strip()[:80], reason=reason), place=PLACE)


def _from_path(url: str) -> str:
    return url[url.index("/", url.index("://") + 3) :]
