"""Makes the catalogs of `core/locale`: `python -m core.translations extract`, translate the .po, then `… compile`.

`extract` finds every text marked in the code and the templates, writes the English source (`campus.pot` for staff,
`guest.pot` for guests) and brings the .po of each other language up to date. `compile` writes the .mo that the service
reads. All of them are committed.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from core import guest_texts, i18n
from core.i18n import FOLDER, SOURCE

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "accessibility", "campus", "api", "jobs")
METHODS = [("**.py", "python"), ("**/templates/**.*", "jinja2")]
OPTIONS = {"**/templates/**.*": {"trimmed": "true", "silent": "false"}}
COMMENTS = ("Translators:",)


@dataclass(frozen=True)
class Domain:
    """Texts that are translated together: how they are marked, and into which languages they go."""

    name: str
    languages: tuple[str, ...]
    keywords: Mapping[str, Any]

    @property
    def source_file(self) -> Path:
        """The English source."""
        return FOLDER / f"{self.name}.pot"

    def file(self, language: str, suffix: str) -> Path:
        """Place of a language's catalog; `suffix` is `.po` (for people) or `.mo` (for the service)."""
        return FOLDER / language / "LC_MESSAGES" / f"{self.name}{suffix}"


STAFF = Domain(
    i18n.DOMAIN,
    tuple(one for one in i18n.LANGUAGES if one != SOURCE),
    {
        "_": None,
        "gettext": None,
        "lazy": None,
        "marked": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    },
)
GUESTS = Domain(guest_texts.DOMAIN, tuple(one for one in guest_texts.LANGUAGES if one != SOURCE), {"say": None})
DOMAINS = (STAFF, GUESTS)


def extracted(domain: Domain = STAFF) -> Catalog:
    """Every text of the domain in the packages as they are now, with the files it stands in."""
    catalog = _catalog(domain)
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, METHODS, OPTIONS, domain.keywords, COMMENTS)
        for file, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{package}/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def read_catalog(language: str, domain: Domain = STAFF) -> Catalog:
    """The texts of a language as translated so far."""
    file = domain.file(language, ".po")
    if not file.exists():
        return _catalog(domain, language)
    with file.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def extract() -> None:
    """Write the English source and bring every other language's .po up to date."""
    for domain in DOMAINS:
        template = extracted(domain)
        _write_po(domain.source_file, template)
        for language in domain.languages:
            catalog = read_catalog(language, domain)
            catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
            _write_po(domain.file(language, ".po"), catalog)


def compile_catalogs() -> None:
    """Write the .mo of every language from its .po."""
    for domain in DOMAINS:
        for language in domain.languages:
            with domain.file(language, ".mo").open("wb") as target:
                write_mo(target, only_translated(read_catalog(language, domain)))


def only_translated(catalog: Catalog) -> Catalog:
    """Without the texts that lack a form: Babel would compile a plural of two empty forms, and show nothing for it."""
    for message in list(catalog):
        forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if message.id and not all(forms):
            catalog.delete(message.id, message.context)
    return catalog


def _catalog(domain: Domain, language: str | None = None) -> Catalog:
    return Catalog(
        language,
        project=domain.name,
        header_comment="# Texts of the service.",
        msgid_bugs_address=" ",
        last_translator=" ",
        language_team=" ",
        charset="utf-8",
        fuzzy=False,
    )


def _write_po(file: Path, catalog: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalog, omit_header=False, include_lineno=False, sort_output=True, ignore_obsolete=True)


def main(arguments: list[str]) -> int:
    """Run one of the two steps."""
    steps = {"extract": extract, "compile": compile_catalogs}
    if len(arguments) != 1 or arguments[0] not in steps:
        print("usage: python -m core.translations extract|compile", file=sys.stderr)
        return 2
    steps[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
