"""The same function under different names or icons on different pages (3.2.4), and different texts for one target.

Compared are links around the content and buttons that submit, by where they lead, among pages of one language. Whether
two names say the same, and whether two uses of one target are one function, is a person's question.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accessibility.engine.checks.across.pages import MOST_NAMED, Kind, pages
from accessibility.engine.checks.check import OwnCheck
from accessibility.engine.checks.found import Tally
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Finding, Impact, Outcome
from accessibility.engine.folding import folded
from accessibility.engine.page import PageParts, Row, RowKey
from core.i18n import marked

FUNCTION = Rule(
    "same-function-same-name",
    marked("Does the same function have the same name on every page?"),
    ("3.2.4",),
    Impact.MODERATE,
    Reach.ASKS,
    "consistent-identification",
)
FEWEST_PAGES = 2  # that know a function by its first name
MOST_QUESTIONS = 20


@dataclass(slots=True)
class _Function:
    """What leads to one target: its names and icons on the first page, on how many pages it has one of them, and the
    first page where it has none of them."""

    url: str
    names: frozenset[str]
    icons: frozenset[str]
    known: int = 1
    other: tuple[RowKey, frozenset[str]] | None = None
    by_icon: bool = False


class SameFunctionCheck(OwnCheck):
    """Looks for links and buttons that are named on one page as on no other."""

    name = "same-function"
    own_rules = (FUNCTION,)

    def judge(self, rows: Iterable[Row]) -> list[tuple[RowKey, Finding]]:
        """One question for each target, at the first page that names it otherwise."""
        known: dict[tuple[Kind, str, str, str], _Function] = {}
        for key, kind, facts, parts in pages(rows):
            for (control, target), (names, icons) in _by_target(parts).items():
                place = (kind, facts.lang, control, target)
                function = known.get(place)
                if function is None:
                    known[place] = _Function(facts.final_url, names, icons)
                elif _alike(function.names, names) and not (function.icons and icons and not function.icons & icons):
                    function.known += 1
                elif function.other is None:
                    function.other, function.by_icon = (key, names), _alike(function.names, names)
        found: dict[tuple[str, str], tuple[RowKey, Finding]] = {}
        for (_, _, control, target), function in known.items():
            if function.other and function.known >= FEWEST_PAGES:
                found.setdefault((control, target), self._question(control, target, function, *function.other))
        return list(found.values())[:MOST_QUESTIONS]

    def _question(
        self, control: str, target: str, function: _Function, key: RowKey, names: frozenset[str]
    ) -> tuple[RowKey, Finding]:
        what = f"The {control} that leads to {target}"
        if function.by_icon:
            question = f"{what} has another icon here than on {function.url}. Is it the same function?"
        else:
            question = (
                f"{what} is named {_named(names)} here and {_named(function.names)} on {function.url}. "
                "Is it the same function, and do the names say the same?"
            )
        tally = Tally(self.name)
        tally.page(FUNCTION, Outcome.NEEDS_REVIEW, question, subject=f"{control} {target}", html=f"<{control}>")
        return key, tally.findings[0]


def _by_target(parts: PageParts) -> dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]]:
    """Names and icons by kind and target of a page."""
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for kind, name, target, icon in parts.controls:
        if target and (plain := folded(name)):
            names, icons = found.setdefault((kind, target), (set(), set()))
            names.add(plain)
            icons |= {icon} if icon else set()
    return {place: (frozenset(names), frozenset(icons)) for place, (names, icons) in found.items()}


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a name is in both, or is a part of one of the other's, as where a number or a mark is added."""
    return any(first in second or second in first for first in one for second in other)


def _named(names: frozenset[str]) -> str:
    return " and ".join(f"“{name[:60]}”" for name in sorted(names)[:MOST_NAMED])
