"""Every page in every language: no text without a translation, none in another language than it is marked with."""

import gettext
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from babel import dates
from fastapi import FastAPI

from accessibility.engine import rule_titles
from accessibility.ledger.tickets.models import Component
from api import figure_words
from api.app import create_app
from campus.feedback.figures.models import PublishedCell
from campus.feedback.questionnaires.models import QuestionnaireVersion
from campus.forecast.models import Target
from campus.surveys.models import SurveyImport
from campus.tables.models import ImportFile
from core import clock, guest_texts, i18n, translations
from core.database import Database
from core.people import grants, keys
from core.people.models import PersonIdentity
from jobs.migrations.models import metadata
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.page_text import Said, language_of, page_language, said_on, without
from tests.api.people import Browser, add_person
from tests.browser.addresses import ADDRESSES, PUBLIC
from tests.browser.addresses_feedback import PUBLIC as OF_GUESTS  # in five languages, by catalogs of their own
from tests.browser.alerts import add_alerts
from tests.browser.test_own_pages import ISSUER
from tests.campus.feedback import guests

WRITTEN_BY_OTHERS = frozenset(
    "name file_name email slug title url text note rule exception_reason decision_reason owner contact explanation "
    "why station told_by what about verification code supplier contract payer proof hypothesis lesson".split()
)
FORMS_WITH_ERRORS = (
    "/account/password",
    "/settings/people/add",
    "/settings/tokens/add",
    "/accessibility/add-platform",
    "/accessibility/platforms/ecampus/add-section",
    "/accessibility/platforms/ecampus/import-sections",
    "/accessibility/platforms/ecampus/webhooks/add",
    "/accessibility/tickets/ecampus/1/except",
    "/accessibility/tickets/ecampus/1/comment",
    "/accessibility/review/1/dismiss",
)
ERRORS = (
    "/nowhere",
    "/accessibility/tickets/ecampus/9999",
    "/accessibility/audits/ecampus/x",
    "/settings/trail?before=x",
)
NAMES = set(
    "Campus English Français HTTP CSS CSV Excel xlsx SQLite axe-core anonymous desktop mobile sample "
    "BAC SPI CPI EAC ETC VAC lead@example.org".split()
)
BRACKETS = re.compile("⟦[^⟦⟧]*⟧|https?://[^ ]+")
TAG = re.compile("</?[a-z]+>")
WORD = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture
def app(history: Database) -> FastAPI:  # noqa: F811
    return create_app(history)


@pytest.fixture
def person(app: FastAPI, history: Database, configure: Callable[..., None]) -> Browser:  # noqa: F811
    """The browser of somebody who may see all pages, over a history with something on each."""
    configure(oidc_issuer=ISSUER, oidc_client_id="campus", oidc_name="Sample Institute")
    person = add_person(history, "admin", "accessibility", name="Sample Person")
    with history.write() as session:
        expires = clock.now() + timedelta(days=30)
        keys.create_token(session, "command", person.id, name="Sample pipeline", scopes=["read"], expires_at=expires)
        add_alerts(session, person.id)
        now = {"created_at": clock.now(), "last_used_at": clock.now()}
        session.add(PersonIdentity(person_id=person.id, issuer=ISSUER, subject="1", **now))
        grants.grant(session, "command", 1, "viewer", "ecampus")
    return Browser(app, follow_redirects=False).sign_in_as(history, person)


def pages(browser: Browser, language: str) -> Iterator[tuple[str, str]]:
    """Address and page: each in its states, forms with everything wrong, and pages that are none."""
    browser.post_form("/language", {"language": language})
    stranger = Browser(browser.app, headers={"Accept-Language": language})
    for address in (one for some in ADDRESSES.values() for one in some if one not in OF_GUESTS):
        answer = (stranger if address in PUBLIC else browser).get(address)
        assert answer.status_code == 200, address
        yield address, answer.text
    token = browser.token()
    for address in FORMS_WITH_ERRORS:
        answer = browser.post(address, data={"csrf": token})
        assert answer.status_code == 422, address
        yield f"POST {address}", answer.text
    for address in ERRORS:
        answer = browser.get(address)
        assert answer.status_code in (404, 422), address
        yield address, answer.text


def texts_of_pages(browser: Browser, language: str) -> dict[Said, str]:
    """Each text of the pages once, as most stand on many of them, with the first address that says it."""
    found: dict[Said, str] = {}
    for address, page in pages(browser, language):
        assert page_language(page) == language, address
        for said in said_on(page):
            found.setdefault(said, address)
    return found


@pytest.fixture
def data(history: Database, person: Browser) -> list[str]:  # noqa: F811
    """What people and audited pages wrote, the longest first: it may be in any language."""
    found: set[str] = set(NAMES)
    with history.read() as session:
        for table in metadata.sorted_tables:
            for column in table.columns:
                of_the_books = column.name == "reason" and "recorded_by" in table.columns
                if (column.name in WRITTEN_BY_OTHERS or of_the_books) and isinstance(column.type, sa.String):
                    found |= set(session.scalars(sa.select(column).where(column.is_not(None))))
        for entered in session.scalars(sa.select(Target)):
            found |= {entered.source, entered.reason}
        for finding in session.scalars(sa.select(Component.finding)):
            found |= {finding["name"], finding["selector"], finding["selector"].partition(" ")[2]}
        for content in session.scalars(sa.select(ImportFile.content)):
            found |= set(content.decode("utf-8", "ignore").replace("\n", ",").split(","))
        for content in session.scalars(sa.select(SurveyImport.content).where(SurveyImport.content.is_not(None))):
            found |= set(re.split("[;\r\n]+", content.decode()))
        for measure, area in session.execute(sa.select(PublishedCell.measure, PublishedCell.area).distinct()):
            found |= {measure, figure_words.area(area)}
        for content in session.scalars(sa.select(QuestionnaireVersion.content)):
            found |= set(texts_of(content))
    found |= set(said_to_guests())
    plain = {" ".join(one.split()) for one in found} | {one.strip() for one in found}  # with and without French blanks
    return sorted((one for one in plain if len(one) > 2), key=len, reverse=True)


def texts_of(content: object) -> Iterator[str]:
    """Every text of a questionnaire's content, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for one in content.values() if isinstance(content, dict) else content:
            yield from texts_of(one)


def said_to_guests() -> Iterator[str]:
    """What the service says to guests, in their languages: mails that staff look at; without what is filled in."""
    yield from guest_texts.LANGUAGES.values()
    for language in translations.GUESTS.languages:
        for message in translations.read_catalog(language, translations.GUESTS):
            for text in (message.id, message.string):
                yield from re.split(r"%\(\w+\)s", str(text))


def by_babel_and_axe() -> list[str]:
    """French that comes from elsewhere than the catalog: dates, durations, and the rules of axe-core."""
    rules = json.loads((rule_titles.FOLDER / "fr.json").read_text(encoding="utf-8"))["rules"]
    helps = {rule_titles.BETWEEN_LETTERS.sub("’", words["help"]) for rule, words in rules.items()}
    days = {name for width in ("wide", "abbreviated") for name in dates.get_day_names(width, locale="fr_FR").values()}
    months = {
        name for width in ("wide", "abbreviated") for name in dates.get_month_names(width, locale="fr_FR").values()
    }
    units = {"secondes", "seconde", "minutes", "minute", "heures", "heure", "jours", "jour", "trimestre"}
    with i18n.using("fr"):
        languages = {i18n.format_language(one) for one in guests.LANGUAGES}
    return sorted(helps | days | months | units | languages, key=len, reverse=True)


class Pseudo(gettext.NullTranslations):
    """A language in which every text stands in brackets: what stands outside of them was never marked."""

    def gettext(self, message: str) -> str:
        return TAG.sub(r"⟧\g<0>⟦", f"⟦{message}⟧")

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def outside_of_brackets(text: str) -> str:
    while (shorter := BRACKETS.sub(" ", text)) != text:
        text = shorter
    return text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_text_is_in_the_language_that_it_is_marked_with(language: str, person: Browser, data: list[str]) -> None:
    wrong = []
    for said, address in texts_of_pages(person, language).items():
        found = language_of(without(said.text, data)) if said.language in i18n.LANGUAGES else ""
        if found and found != said.language:
            wrong.append(f"{address}: {said.language} is said of “{said.text}”")
    assert "\n".join(wrong) == ""


def test_no_page_says_anything_that_was_not_given_to_the_translators(
    person: Browser, data: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "_catalog", lambda _language: Pseudo())
    known = sorted([*by_babel_and_axe(), *data], key=len, reverse=True)  # sentences before words that stand in them
    left = {
        f"{address}: {said.text}"
        for said, address in texts_of_pages(person, "fr").items()
        if said.language == "fr" and WORD.search(without(outside_of_brackets(said.text), known))
    }
    assert sorted(left) == []
