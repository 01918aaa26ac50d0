"""How lines and kinds of amounts are called, on pages and in files."""

from campus.running_costs.rules import Kind, Line
from core.i18n import LANGUAGES, lazy, using

LINES = {
    Line.UTILITIES: lazy("Utilities"),
    Line.WASTE: lazy("Waste"),
    Line.MAINTENANCE: lazy("Maintenance"),
    Line.CLEANING: lazy("Cleaning"),
    Line.OTHER: lazy("Other"),
    Line.SECURITY: lazy("Security"),
    Line.RECOVERY: lazy("Recoveries"),
    Line.RENT: lazy("Rents"),
}
KINDS = {
    Kind.BUDGET: lazy("Budget"),
    Kind.FORECAST: lazy("Forecast"),
    Kind.ACTUAL: lazy("Actual"),
}


def line_names(line: Line) -> set[str]:
    """Every name of a line, in every language, in small letters."""
    return {line.value, *_in_every_language(LINES[line])}


def kind_names(kind: Kind) -> set[str]:
    """Every name of a kind, in every language, in small letters."""
    return {kind.value, *_in_every_language(KINDS[kind])}


def _in_every_language(word: object) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with using(language):
            found.add(str(word).casefold())
    return found
