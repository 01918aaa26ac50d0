"""The catalogs on disk and the texts in the code."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from core import translations
from core.translations import GUESTS, STAFF, Domain

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
TAG = re.compile(r"</?\w+>")
TYPEWRITTEN = re.compile(r"\w'\w| [:;!?»]|« |“|”")


CATALOGS = [(domain, language) for domain in translations.DOMAINS for language in domain.languages]


@pytest.mark.parametrize("domain", translations.DOMAINS, ids=lambda domain: domain.name)
def test_every_marked_text_is_in_the_source_catalog(domain: Domain) -> None:
    with domain.source_file.open("rb") as file:
        written = {message.id for message in read_po(file) if message.id}

    marked = {message.id for message in translations.extracted(domain) if message.id}
    assert marked == written, "run: python -m core.translations extract, then compile"


@pytest.mark.parametrize(("domain", "language"), CATALOGS)
def test_the_compiled_catalog_is_that_of_the_translations(domain: Domain, language: str) -> None:
    with domain.file(language, ".mo").open("rb") as file:
        compiled = _forms(read_mo(file))

    translated = _forms(translations.only_translated(translations.read_catalog(language, domain)))
    assert compiled == translated, "run: python -m core.translations compile"


@pytest.mark.parametrize(("domain", "language"), CATALOGS)
def test_every_text_is_translated_with_all_its_forms_and_placeholders(domain: Domain, language: str) -> None:
    catalog = translations.read_catalog(language, domain)
    assert [str(message.id) for message in catalog if message.id and _faults(message)] == []


def _faults(message: Message) -> list[str]:
    """What is wrong with a translation. A singular may name the number that only the English plural names."""
    sources, forms = _all(message.id), _all(message.string)
    possible = {name for source in sources for name in _placeholders(source)}
    faults = ["fuzzy"] if message.fuzzy else []
    faults += ["plural forms"] if len(forms) != len(sources) or not all(forms) else []
    for source, form in zip(sources, forms, strict=False):
        faults += ["placeholders"] if not _placeholders(source) <= _placeholders(form) <= possible else []
        faults += ["blanks"] if _blanks(source) != _blanks(form) else []
        faults += ["markup"] if TAG.findall(source) != TAG.findall(form) else []
    return faults


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _blanks(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_french_is_set_with_french_spaces_quotation_marks_and_apostrophes() -> None:
    messages = [message for domain in translations.DOMAINS for message in translations.read_catalog("fr", domain)]
    texts = [form for message in messages if message.id for form in _all(message.string)]
    assert [text for text in texts if TYPEWRITTEN.search(text)] == []


def _forms(catalog: Catalog) -> list[tuple[list[str], list[str]]]:
    return sorted((_all(message.id), _all(message.string)) for message in catalog if message.id)


def _all(text: str | Sequence[str] | None) -> list[str]:
    """One text, or those of singular and plural."""
    return [text] if isinstance(text, str) else list(text or ())


def test_texts_are_found_in_code_and_templates_and_translated_ones_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "core"
    (package / "templates").mkdir(parents=True)
    (package / "desk.py").write_text(
        "_('Welcome')\nngettext('%(n)s guest', '%(n)s guests', 2)\npgettext('verb', 'Close')\nsay('Thank you')"
    )
    (package / "templates" / "desk.html.j2").write_text(
        "<p>{% trans %}\n  Good\n  night{% endtrans %} {{ _('Bye') }}</p>"
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "FOLDER", tmp_path / "locale")

    assert translations.main(["extract"]) == 0
    po = STAFF.file("fr", ".po")
    po.write_text(po.read_text().replace('msgid "Welcome"\nmsgstr ""', 'msgid "Welcome"\nmsgstr "Bienvenue"'))
    assert translations.main(["extract"]) == 0
    assert translations.main(["compile"]) == 0

    found = {message.id for message in translations.read_catalog("fr") if message.id}
    assert found == {"Welcome", ("%(n)s guest", "%(n)s guests"), "Close", "Good night", "Bye"}
    assert {message.id for message in translations.read_catalog("it", GUESTS) if message.id} == {"Thank you"}
    with STAFF.file("fr", ".mo").open("rb") as file:
        assert _forms(read_mo(file)) == [(["Welcome"], ["Bienvenue"])]


def test_a_wrong_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main([]) == 2
    assert "extract|compile" in capsys.readouterr().err
