"""The words of checks, and the language they are in."""

from api.finding_words import Said, said
from core import i18n

MESSAGE = "Images must have alternative text. Element has no alt attribute."


def test_in_english_the_finding_speaks_for_itself() -> None:
    assert said("image-alt", MESSAGE) == (
        Said("Images must have alternative text"),
        Said("Element has no alt attribute."),
    )


def test_in_french_the_heading_is_the_rules_own_and_the_detail_stays_english() -> None:
    with i18n.using("fr"):
        title, detail = said("image-alt", MESSAGE)
        assert title == Said("Les images doivent avoir une alternative textuelle", "fr")
        assert detail == Said("Element has no alt attribute.", "en")


def test_a_question_about_this_page_is_kept_where_the_rules_title_stands_for_it() -> None:
    question = "Does the title “Index” say what the page is about?"
    with i18n.using("fr"):
        title, detail = said("page-title-meaningless", question)
    assert (title.language, detail) == ("fr", Said(question, "en"))


def test_a_rule_without_a_translation_is_marked_as_english() -> None:
    with i18n.using("fr"):
        assert said("a-rule-of-tomorrow", MESSAGE)[0] == Said("Images must have alternative text", "en")
