"""Topics are found by the beginnings of words, in the comment's own language."""

import pytest

from campus.feedback.comments.lexicon import lexicon
from campus.feedback.comments.matching import checked_lines, found, lines_of, matched
from core.errors import InvalidInput

TOPICS = {slug: lines_of(words) for slug, (_name, words) in lexicon().items()}


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "The shower was COLD and the wi-fi slow", {"bathroom", "temperature", "wifi"}),
        ("en", "Great staff, tasty breakfast", {"staff", "breakfast"}),
        ("fr", "La chambre était bruyante et mal chauffée", {"room", "noise", "temperature"}),
        ("fr", "petit-déjeuner très cher", {"breakfast", "food", "price"}),
        ("es", "La habitación estaba sucia y hacía frio", {"room", "cleaning", "temperature"}),
        ("it", "Colazione ottima, letto scomodo, ascensore rotto", {"breakfast", "bed", "accessibility"}),
        ("it", "Il rumore della stazione", {"noise", "location"}),
        ("ar", "الغرفة صغيرة", set()),
    ],
)
def test_the_usual_topics_are_found_in_four_languages(language: str, text: str, topics: set[str]) -> None:
    assert set(matched(text, language, TOPICS)) == topics


def test_only_words_of_the_comments_language_count_and_all_where_it_is_unknown() -> None:
    topics = {"bath": ["fr: bain", "en: bath"]}
    assert (matched("bain", "en", topics), matched("bain", "", topics)) == ([], ["bath"])


def test_a_full_stop_asks_for_the_whole_word_and_a_phrase_for_all_its_words() -> None:
    topics = {"bed": ["en: bed."], "air": ["en: air con"]}
    assert matched("the bedroom", "en", topics) == []
    assert matched("the bed, and Air-Conditioning", "en", topics) == ["air", "bed"]
    assert [one.line for one in found("a bed", "en", topics)] == ["en: bed."]


def test_every_usual_line_is_one_that_staff_could_enter() -> None:
    for lines in TOPICS.values():
        assert checked_lines("\n".join(lines)) == lines
        assert {line[:2] for line in lines} == {"en", "fr", "es", "it"}


def test_a_wrong_line_is_told_by_its_number() -> None:
    with pytest.raises(InvalidInput, match="Line 3"):
        checked_lines("fr: douche\n\nxx: word")
