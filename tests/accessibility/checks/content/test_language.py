"""True language of the page and of its parts."""

import pytest

from accessibility.engine.checks.content.language import LanguageCheck
from accessibility.engine.checks.content.tongues import Other, other_language
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

FRENCH = (
    "Les élèves de cette classe ont lu un livre sur la mer, et leur professeur leur a demandé ce que nous devons faire "
    "pour les poissons qui sont dans nos rivières. Elle est très contente de leurs réponses."
)
ENGLISH = (
    "The pupils of this class have read a book about the sea, and their teacher asked them what we should do about the "
    "fish that live in our rivers. She was very pleased with their answers."
)
GERMAN_SHORT = "Das ist nicht der Weg zum Bahnhof"


def whole(lang: str, body: str, title: str) -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="icon" href="data:,"></head><body>{body}</body></html>'
    )


PAGE, PART, PASSAGE = "page-language-matches", "part-language-matches", "passage-language-declared"
CASES = {
    "declared as it is": Case(whole("fr", f"<main><p>{FRENCH}</p></main>", "Les poissons de nos rivières")),
    "declared with a region": Case(whole("fr-CA", f"<p>{FRENCH}</p>", "Les poissons de nos rivières")),
    "long text in another language": Case(whole("en", f"<p>{FRENCH}</p>", "Les poissons"), ((PAGE, FAILED, "html"),)),
    "one unmistakable sentence": Case(
        whole("fr", "<p>The bus does not stop at their school</p>", "Bus"), ((PAGE, FAILED, "html"),)
    ),
    "a few words that may be names": Case(
        whole("de", '<img alt="Summer weather forecast" src="data:,">', "Weather"), ((PAGE, REVIEW, "html"),)
    ),
    "another script": Case(
        whole("en", "<p>هذا نص قصير عن الأسماك في أنهارنا وعن البحر</p>", "الأسماك"), ((PAGE, FAILED, "html"),)
    ),
    "names in navigation": Case(
        whole("de", "<nav><a href=#a>Home</a> <a href=#b>Python</a> <a href=#c>Login</a></nav>", "Portal")
    ),
    "code alone": Case(
        whole("fr", f"<pre># {ENGLISH}</pre><code>{ENGLISH}</code><p translate=no>{ENGLISH}</p>", "Exemple")
    ),
    "hidden text": Case(whole("fr", f"<p hidden>{ENGLISH}</p><p>{FRENCH}</p>", "Les poissons")),
    "all text in parts that declare their language": Case(whole("fr", f"<p lang=en>{ENGLISH}</p>", "")),
    "a language that has no letters of its own here": Case(whole("x-klingon", f"<p>{ENGLISH}</p>", "Fish")),
    "a part that is what it declares": Case(
        whole("en", f"<p>{ENGLISH}</p><p lang=de>{GERMAN_SHORT}</p>", "The fish of our rivers")
    ),
    "a part that is something else": Case(
        whole("en", f"<p>{ENGLISH}</p><p id=a lang=es>{GERMAN_SHORT}</p>", "The fish of our rivers"),
        ((PART, FAILED, "#a"),),
    ),
    "a part of words that interfaces have everywhere": Case(
        whole("en", f"<p>{ENGLISH}</p><p lang=en>Log in Username Password Log in</p>", "The fish of our rivers")
    ),
    "a short part that seems something else": Case(
        whole("en", f"<p>{ENGLISH}</p><p id=a lang=fr>Summer weather forecast</p>", "The fish of our rivers"),
        ((PART, REVIEW, "#a"),),
    ),
    "a part of one word": Case(whole("en", f"<p>{ENGLISH} <b lang=fr>Sunday</b></p>", "The fish of our rivers")),
    "a name of an image in a part": Case(
        whole(
            "en",
            f'<p>{ENGLISH}</p><div id=a lang=fr><img src="data:," aria-labelledby=b></div>'
            "<p id=b lang=en hidden>This is the map of our rivers</p>",
            "The fish of our rivers",
        ),
        ((PART, FAILED, "#a"),),
    ),
    "a passage that declares nothing": Case(
        whole("fr", f"<p>{FRENCH}</p><blockquote id=a>{ENGLISH}</blockquote><p>{FRENCH}</p>", "Les poissons"),
        ((PASSAGE, FAILED, "#a"),),
    ),
    "a sentence that declares nothing": Case(
        whole(
            "fr",
            f"<p>{FRENCH}</p><p id=a>The bus does not stop at their school when it rains all day</p>",
            "Les poissons",
        ),
        ((PASSAGE, REVIEW, "#a"),),
    ),
    "exception: names": Case(
        whole(
            "fr",
            f"<p>{FRENCH}</p><p>Charles Dickens, Oliver Twist, David Copperfield, Great Expectations, Bleak House, Hard"
            f" Times, Little Dorrit, Barnaby Rudge</p><p>{FRENCH}</p>",
            "Les poissons",
        )
    ),
    "exception: technical terms": Case(
        whole(
            "fr",
            f"<p>{FRENCH}</p><p>Firewall, router, switch, cloud computing, machine learning, framework, backend,"
            f" frontend, open source</p><p>{FRENCH}</p>",
            "Les poissons",
        )
    ),
    "exceptions: words of indeterminate language, and those that have become part of the one around them": Case(
        whole(
            "fr",
            f"<p>{FRENCH}</p><p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor"
            f" incididunt ut labore et dolore magna aliqua.</p><p>Tralala lalala hum hum tralala, bla bla bla,"
            f" abracadabra simsalabim</p><p>Ce week-end, un brunch, un peu de jogging sur le parking, puis un talk-show"
            f" au casting de stars et un best of de rock: le must du fair-play.</p><p>{FRENCH}</p>",
            "Les poissons",
        )
    ),
    "a title within a sentence": Case(
        whole("fr", f"<p>{FRENCH} Elle aime <i>The Return of the King</i> et le lit.</p>", "Les poissons")
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(LanguageCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_text_is_in_the_language_that_is_declared(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


@pytest.mark.parametrize(
    ("text", "lang", "other"),
    [
        ("Diese Wörter sind aus dem Wörterbuch, und das ist nicht das Ende", "en", Other("German", certain=True)),
        ("La niña y el niño están en la escuela con sus padres", "pt", Other("Spanish", certain=True)),
        ("O menino e a menina não estão na escola, mas em casa com os pais", "pt-BR", None),
        ("Die kinders is by die skool en hulle lees nou hul boeke saam", "af", None),
        ("Os nenos están na escola cos seus pais e coa súa nai", "gl", None),
        ("Добро пожаловать на страницу нашего университета", "uk", None),
        ("Welcome to the pages of our university, which was founded by the king", "ja", Other("English", certain=True)),
        ("def find(self, name): return self.names.get(name)", "ja", None),
        ("Vilnius Kaunas Klaipėda Šiauliai Panevėžys Alytus", "lt", None),
        (ENGLISH, "", None),
        (ENGLISH, "de-Cyrl", None),
    ],
)
def test_only_what_is_unmistakable_is_called_another_language(text: str, lang: str, other: Other | None) -> None:
    assert other_language(text, lang) == other
