"""Texts, dates and numbers in the visitor's language."""

import threading
from contextvars import copy_context
from datetime import UTC, date, datetime

import pytest

from core import i18n

SUMMER_CHANGE = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "chosen", "spoken"),
    [
        ("", "", "en"),
        ("fr", "", "fr"),
        ("fr-CA, en;q=0.5", "", "fr"),
        ("de-DE, en;q=0.5, fr;q=0.8", "", "fr"),
        ("fr;q=0", "", "en"),
        ("en, fr", "", "en"),
        ("fr", "en", "en"),
        ("fr", "tlh", "fr"),
        (";;=,q=,fr;q=high", "", "en"),
        ("fr;q=nan", "", "en"),
    ],
)
def test_the_language_is_the_persons_choice_else_the_best_offered(header: str, chosen: str, spoken: str) -> None:
    assert i18n.negotiate(header, chosen) == spoken


def test_a_text_without_translation_is_shown_in_english() -> None:
    with i18n.using("fr"):
        assert i18n.gettext("A text nobody has %(verb)s.", verb="translated") == "A text nobody has translated."
        assert i18n.ngettext("%(n)s sheep", "%(n)s sheep", 2) == "2 sheep"
        assert i18n.pgettext("a place", "Home") == "Home"
        assert i18n.npgettext("a place", "%(n)s bed", "%(n)s beds", 1) == "1 bed"


def test_a_language_that_is_not_offered_means_english_and_ends_with_its_block() -> None:
    with i18n.using("fr"):
        with i18n.using("xx"):
            assert i18n.language() == "en"
        assert i18n.language() == "fr"
    assert i18n.language() == "en"


def test_the_language_can_change_once_it_is_known_who_asks() -> None:
    with i18n.using("en"):
        thread = threading.Thread(target=copy_context().run, args=(i18n.speak, "fr"))
        thread.start()
        thread.join()
        for name in ("", "xx"):
            i18n.speak(name)
        assert i18n.language() == "fr"
    i18n.speak("fr")
    assert i18n.language() == "en"


def test_a_lazy_text_is_translated_when_it_is_shown() -> None:
    seen = i18n.lazy("Night of %(day)s", day="Monday")

    assert str(seen) == "Night of Monday"


def test_instants_are_shown_in_the_time_zone_of_the_campus() -> None:
    assert i18n.format_instant(SUMMER_CHANGE, "short") == "29/03/2026, 03:30"
    assert i18n.format_time(SUMMER_CHANGE) == "03:30"


def test_dates_numbers_and_durations_follow_the_language() -> None:
    assert i18n.format_date(date(2026, 3, 29), "long") == "29 March 2026"
    assert i18n.format_number(1234.5) == "1,234.5"
    assert i18n.format_duration(200) == "3 minutes"
    assert i18n.format_list(["guest", "student", "teacher"]) == "guest, student and teacher"
    with i18n.using("fr"):
        assert i18n.format_date(date(2026, 3, 29), "long") == "29 mars 2026"
        assert i18n.format_number(1234.5) == "1\u202f234,5"
        assert i18n.format_percent(0.5) == "50\xa0%"
        assert i18n.format_duration(7200) == "2\xa0heures"
        assert i18n.format_list(["guest", "student", "teacher"]) == "guest, student et teacher"


@pytest.mark.parametrize(("share", "shown"), [(1, "100%"), (0.9996, "99.9%"), (0.29, "29%"), (0, "0%")])
def test_only_the_whole_is_shown_as_one_hundred_percent(share: float, shown: str) -> None:
    assert i18n.format_percent(share) == shown
