"""What may be published: every fault is found at its place; what is well formed passes and is kept as it is."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.feedback.questionnaires import checking, duration, editing
from campus.feedback.questionnaires.checking import LONGEST, MOST_QUESTIONS, faults
from campus.feedback.questionnaires.content import (
    Condition,
    Content,
    Kind,
    Option,
    Question,
    Section,
    Texts,
    parsed,
    stored,
)
from campus.feedback.questionnaires.standard import standard
from core import guest_texts
from core.errors import InvalidInput
from tests.campus.feedback.guests import CONTENT
from tests.campus.sample_questionnaires import faulty, in_two_languages, reworded

LANGUAGES = tuple(guest_texts.LANGUAGES)


def content(*questions: Question, **more: Any) -> Content:
    """One section of these questions, in English and Arabic."""
    said = {"en": "Sample", "ar": "مثال"}
    made = Content(("en", "ar"), said, said, said, (Section("room", said, questions or (question("first"),)),))
    return replace(made, **more)


def question(key: str, kind: Kind = Kind.RATING, **more: Any) -> Question:
    """A rating of the room."""
    plain = Question(key, kind, "room", {"en": "How?", "ar": "كيف؟"}, {}, False, (), None)
    return replace(plain, **more)


def option(key: str, text: str = "") -> Option:
    """An option, in English and Arabic."""
    return Option(key, {"en": text or key, "ar": f"{text or key} بالعربية"})


def both(text: str) -> Texts:
    """The same in both languages."""
    return {"en": text, "ar": text}


FIRST = "sections.0.questions.0"
SECOND = "sections.0.questions.1"
FAULTY: dict[str, tuple[Content, str]] = {
    "no question": (content(sections=()), "sections"),
    "an empty section": (
        content(sections=(content().sections[0], Section("food", both("Food"), ()))),
        "sections.1",
    ),
    "no language": (content(languages=()), "languages"),
    "a language without pages": (content(languages=("en", "ar", "tlh")), "languages.2"),
    "a language twice": (content(languages=("en", "ar", "en")), "languages.2"),
    "a title missing in one language": (content(title={"en": "Sample"}), "title.ar"),
    "an introduction of blanks": (content(intro={"en": " ", "ar": "مثال"}), "intro.en"),
    "thanks missing": (content(thanks={}), "thanks.en"),
    "a text in a language that it has not": (content(title=both("Sample") | {"fr": "Exemple"}), "title.fr"),
    "a section's title missing": (
        content(sections=(replace(content().sections[0], title={"ar": "مثال"}),)),
        "sections.0.title.en",
    ),
    "a question's text missing": (content(question("one", text={"en": "How?"})), f"{FIRST}.text.ar"),
    "a hint in one language only": (content(question("one", hint={"ar": "مثال"})), f"{FIRST}.hint.en"),
    "a text too long": (content(question("one", text=both("x" * (LONGEST["text"] + 1)))), f"{FIRST}.text.en"),
    "a text that no draft may hold": (content(title=both("x" * 4001)), "title.en"),
    "a line break in a title": (content(title=both("Sam\nple")), "title.en"),
    "a character that turns the writing": (content(title=both("Sam\u202eple")), "title.en"),
    "a placeholder lost": (content(title={"en": "In {pavilion}", "ar": "مثال"}), "title.ar"),
    "a placeholder too many": (content(title={"en": "Sample", "ar": "{event}"}), "title.ar"),
    "an unknown placeholder": (content(title=both("Dear {name}")), "title.en"),
    "a single brace": (content(title=both("Sample {")), "title.en"),
    "a malformed key": (content(question("Room 1")), f"{FIRST}.key"),
    "a key twice": (content(question("one"), question("one")), f"{SECOND}.key"),
    "a section's key twice": (
        content(sections=(content().sections[0], content(question("two")).sections[0])),
        "sections.1.key",
    ),
    "a malformed area": (content(question("one", area="")), f"{FIRST}.area"),
    "a choice of one option": (content(question("one", Kind.CHOICE, options=(option("a"),))), f"{FIRST}.options"),
    "too many options": (
        content(question("one", Kind.CHOICE, options=tuple(option(f"k{n}") for n in range(21)))),
        f"{FIRST}.options",
    ),
    "options of a rating": (content(question("one", options=(option("a"), option("b")))), f"{FIRST}.options"),
    "an option's key twice": (
        content(question("one", Kind.CHOICE, options=(option("a"), option("a", "b")))),
        f"{FIRST}.options.1.key",
    ),
    "an option's text missing": (
        content(question("one", Kind.CHOICE, options=(option("a"), Option("b", {"en": "b"})))),
        f"{FIRST}.options.1.text.ar",
    ),
    "a rule on itself": (content(question("one", only_if=Condition("one", ("1",)))), f"{FIRST}.only_if.question"),
    "a rule on a later question": (
        content(question("one", only_if=Condition("two", ("1",))), question("two")),
        f"{FIRST}.only_if.question",
    ),
    "a rule on free text": (
        content(question("one", Kind.TEXT), question("two", only_if=Condition("one", ("1",)))),
        f"{SECOND}.only_if.question",
    ),
    "a rule on an answer that is none": (
        content(question("one"), question("two", only_if=Condition("one", ("1", "6")))),
        f"{SECOND}.only_if.answers",
    ),
    "a rule without an answer": (
        content(question("one"), question("two", only_if=Condition("one", ()))),
        f"{SECOND}.only_if.answers",
    ),
    "too many questions": (content(*(question(f"q{n}") for n in range(MOST_QUESTIONS + 1))), "sections"),
    "too many sections": (
        content(sections=tuple(Section(f"s{n}", both("S"), (question(f"q{n}"),)) for n in range(13))),
        "sections",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_at_its_place_with_a_sentence_that_says_what_to_do(name: str) -> None:
    wrong, place = FAULTY[name]
    found = {one.place: one.message for one in faults(wrong)}
    assert place in found
    assert re.match(r"[A-Z“].*\.$", found[place], re.DOTALL)


@pytest.mark.parametrize("make", [standard, in_two_languages, lambda: parsed(CONTENT), content])
def test_what_is_complete_has_no_fault_and_stays_the_same_when_it_is_kept(make: Callable[[], Content]) -> None:
    made = make()
    assert faults(made, [made]) == []
    assert parsed(stored(made)) == made


def test_a_draft_with_faults_can_be_kept_unless_its_keys_are_malformed() -> None:
    draft = faulty(standard())
    checking.must_be_storable(draft)
    assert [one.place for one in faults(draft)] == [
        "sections.6.questions.0.text.it",
        "sections.6.questions.0.text.ar",
        "sections.1.questions.3.only_if.question",
        "sections.4",
    ]
    with pytest.raises(InvalidInput) as refused:
        checking.must_be_storable(content(question("Room 1")))
    assert refused.value.place == f"{FIRST}.key"


def test_a_key_keeps_its_kind_over_all_versions_and_its_options_may_come_and_go() -> None:
    before = content(question("how", Kind.CHOICE, options=(option("train"), option("plane"), option("car"))))
    other = content(question("how"))
    assert [one.place for one in faults(other, [content(), before])] == [f"{FIRST}.kind"]
    grown = content(question("how", Kind.CHOICE, options=(option("car"), option("train"), option("bus"))))
    assert faults(grown, [before]) == []
    renamed = content(question("how", Kind.CHOICE, options=(option("train", "By train"), option("plane"))))
    assert faults(renamed, [before]) == []


def test_an_option_that_takes_the_words_of_another_key_is_found() -> None:
    before = content(question("how", Kind.CHOICE, options=(option("train"), option("plane"))))
    swapped = content(question("how", Kind.CHOICE, options=(option("train", "plane"), option("plane", "train"))))
    assert [one.place for one in faults(swapped, [before])] == [f"{FIRST}.options.0.key", f"{FIRST}.options.1.key"]
    rekeyed = content(question("how", Kind.CHOICE, options=(option("rail", "train"), option("plane"))))
    assert [one.place for one in faults(rekeyed, [before])] == [f"{FIRST}.options.0.key"]


def test_the_standard_questionnaire_takes_less_than_two_minutes_in_every_language() -> None:
    assert standard().languages == LANGUAGES
    assert all(30 < duration.seconds(standard(), one) < duration.LIMIT for one in LANGUAGES)
    words = content(question("one"), title={"en": "one two", "ar": "one"}, intro={}, thanks=both("word " * 99))
    assert duration.seconds(words, "en") == pytest.approx(60 * (2 + 1 + 1) / 228 + 2.5)
    assert duration.longest(editing.empty([])) == 0


def test_rewording_alone_is_no_fault() -> None:
    assert faults(reworded(standard()), [standard()]) == []


WORDS = st.text(st.characters(categories=("L", "Nd"), include_characters=" .,?<>&\"'"), min_size=1, max_size=20).filter(
    str.strip
)


@st.composite
def well_made(draw: st.DrawFn) -> Content:
    """Some content that may be published: any languages, sections, kinds, options and rules."""
    languages = tuple(draw(st.permutations(LANGUAGES)))[: draw(st.integers(1, len(LANGUAGES)))]

    def texts() -> Texts:
        marks = "".join(draw(st.sets(st.sampled_from(checking.PLACEHOLDERS))))
        return {language: draw(WORDS) + marks for language in languages}

    asked: list[Question] = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(Kind))
        options = tuple(Option(f"o{n}", texts()) for n in range(draw(st.integers(2, 3)))) if kind is Kind.CHOICE else ()
        before = [one for one in asked if one.kind is not Kind.TEXT]
        condition = None
        if before and draw(st.booleans()):
            other = draw(st.sampled_from(before))
            condition = Condition(other.key, (draw(st.sampled_from(other.values)),))
        hint = texts() if draw(st.booleans()) else {}
        asked.append(Question(f"q{number}", kind, "room", texts(), hint, draw(st.booleans()), options, condition))
    cut = draw(st.integers(0, len(asked) - 1))
    parts = [part for part in (asked[:cut], asked[cut:]) if part]
    sections = tuple(Section(f"s{number}", texts(), tuple(part)) for number, part in enumerate(parts))
    return Content(languages, texts(), texts(), texts(), sections)


@settings(max_examples=40)
@given(made=well_made())
def test_whatever_is_well_made_passes_and_round_trips(made: Content) -> None:
    assert faults(made, [made]) == []
    assert parsed(stored(made)) == made


@settings(max_examples=40)
@given(made=well_made(), data=st.data())
def test_any_translation_that_is_missing_is_found_at_its_place(made: Content, data: st.DataObject) -> None:
    places = [(place, one) for place, _name, texts in checking.every_text(made) for one in texts]
    place, language = data.draw(st.sampled_from(places))
    kept = stored(made)
    part: Any = kept
    for step in place.split("."):
        part = part[int(step) if step.isdecimal() else step]
    del part[language]
    found = [one.place for one in faults(parsed(kept))]
    if place.endswith(".hint") and len(made.languages) == 1:
        assert found == []  # without it there is no hint at all
    else:
        assert f"{place}.{language}" in found


@settings(max_examples=25)
@given(made=well_made(), language=st.sampled_from(LANGUAGES))
def test_a_language_that_is_added_must_be_written_and_one_that_is_removed_leaves_nothing(
    made: Content, language: str
) -> None:
    added = editing.with_language(made, language)
    assert bool(faults(added)) == (language not in made.languages)
    removed = editing.without_language(added, language)
    assert f'"{language}":' not in str(stored(removed)).replace("'", '"')
