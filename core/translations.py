"""Makes the catalogs of `core/locale`: `python -m core.translations extract`, translate the .po, then `… compile`.

`extract` finds every text marked in the code and the templates, writes the English source `campus.pot` and brings the
.po of each other language up to date. `compile` writes the .mo that the service reads. All of them are committed.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from core.i18n import DOMAIN, FOLDER, LANGUAGES, SOURCE

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "accessibility", "campus", "api", "jobs")
METHODS = [("**.py", "python"), ("**/templates/**.*", "jinja2")]
OPTIONS = {"**/templates/**.*": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "marked": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENTS = ("Translators:",)
SOURCE_FILE = FOLDER / f"{DOMAIN}.pot"


def extracted() -> Catalog:
    """Every marked text of the packages as they are now, with the files it stands in."""
    catalog = _catalog()
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, METHODS, OPTIONS, KEYWORDS, COMMENTS)
        for file, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{package}/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def catalog_file(language: str, suffix: str) -> Path:
    """Place of a language's catalog; `suffix` is `.po` (for people) or `.mo` (for the service)."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read_catalog(language: str) -> Catalog:
    """The texts of a language as translated so far."""
    file = catalog_file(language, ".po")
    if not file.exists():
        return _catalog(language)
    with file.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def extract() -> None:
    """Write the English source and bring every other language's .po up to date."""
    template = extracted()
    _write_po(SOURCE_FILE, template)
    for language in translated_languages():
        catalog = read_catalog(language)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        _write_po(catalog_file(language, ".po"), catalog)


def compile_catalogs() -> None:
    """Write the .mo of every language from its .po."""
    for language in translated_languages():
        with catalog_file(language, ".mo").open("wb") as target:
            write_mo(target, only_translated(read_catalog(language)))


def only_translated(catalog: Catalog) -> Catalog:
    """Without the texts that lack a form: Babel would compile a plural of two empty forms, and show nothing for it."""
    for message in list(catalog):
        forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if message.id and not all(forms):
            catalog.delete(message.id, message.context)
    return catalog


def translated_languages() -> list[str]:
    """The languages that have a catalog."""
    return [language for language in LANGUAGES if language != SOURCE]


def _catalog(language: str | None = None) -> Catalog:
    return Catalog(
        language,
        project=DOMAIN,
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
