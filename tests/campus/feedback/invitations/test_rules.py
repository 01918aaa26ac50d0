"""Lists of addresses: what is wrong is named by its line, and nothing of it can become a header."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.feedback.invitations import rules
from campus.feedback.invitations.letter import letter
from campus.feedback.invitations.rules import Guest, State
from core.errors import InvalidInput

LEFT = date(2026, 3, 10)


def wrong(text: str) -> str:
    with pytest.raises(InvalidInput) as refusal:
        rules.guests(text, "en")
    assert refusal.value.place == "addresses"
    return refusal.value.message


def test_a_list_may_be_pasted_or_come_from_a_small_table() -> None:
    assert rules.guests("a@example.org\r\n\nB@Example.org", "it") == [
        Guest(1, "a@example.org", "it"),
        Guest(3, "b@example.org", "it"),
    ]
    assert rules.guests('\ufeffE-mail;Language\na@example.org;AR\n"b@example.org";', "fr") == [
        Guest(2, "a@example.org", "ar"),
        Guest(3, "b@example.org", "fr"),
    ]


def test_every_wrong_line_is_named_by_its_number() -> None:
    said = wrong("a@example.org\nnobody\nb@example.org,xx\nA@example.org\nc@example.org,en,more")
    assert [part[: len("line 2")] for part in said.split("; ")] == ["line 2", "line 3", "line 4", "line 5"]
    assert "the same address as line 1" in said


def test_of_many_wrong_lines_the_first_are_named_and_the_others_counted() -> None:
    assert wrong("\n".join(["nobody"] * 25)).endswith("and 15 lines more")


@pytest.mark.parametrize(
    "hostile",
    [
        "a@example.org\x0bBcc: all@example.org",
        "a@example.org\u2028Bcc: all@example.org",
        "a@example.org\x00",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a b@example.org",
        "a@example.org>\tBcc",
        "Sample Guest <a@example.org>",
        "a@b@example.org",
        "a@example..org" + "x" * 300,
        "üa@example.org",
        '"a\\r\\nBcc: x"@example.org',
        "a@[127.0.0.1]",
        "=?utf-8?q?a=0aBcc=3a_x?=@example.org@",
    ],
)
def test_what_could_break_out_of_a_header_is_no_address(hostile: str) -> None:
    assert wrong(hostile)


@given(st.text(max_size=40))
def test_whatever_passes_makes_a_mail_to_one_recipient_with_no_other_header(text: str) -> None:
    try:
        email = rules.checked_address(text)
    except InvalidInput:
        return
    mail = letter(email, "en", "code", LEFT)
    assert str(mail["To"]) == email
    assert mail["Bcc"] is None


def test_an_empty_list_is_none() -> None:
    assert wrong("\n \n")
    assert wrong("email")


def test_the_first_mail_goes_the_day_after_and_answers_come_for_three_weeks() -> None:
    dates = rules.checked_dates(LEFT, None, None)
    assert (dates.send_from, dates.closes) == (date(2026, 3, 11), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("send_from", "closes", "place"),
    [
        (date(2026, 3, 9), None, "send_from"),
        (date(2026, 9, 9), None, "send_from"),
        (None, date(2026, 3, 11), "closes"),
        (None, date(2026, 9, 11), "closes"),
    ],
)
def test_days_that_cannot_be_are_refused(send_from: date | None, closes: date | None, place: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rules.checked_dates(LEFT, send_from, closes)
    assert refusal.value.place == place


def test_a_batch_is_in_one_state_each_day() -> None:
    dates = rules.checked_dates(LEFT, None, None)

    def state(on: date, waiting: int = 3, *, stopped: bool = False, sent: bool = False) -> State:
        return rules.state_of(dates, on, stopped=stopped, waiting=waiting, sent=sent)

    assert state(LEFT) is State.PLANNED
    assert state(LEFT, 0) is State.EMPTY
    assert state(dates.send_from) is State.SENDING
    assert state(dates.closes, 0, sent=True) is State.OPEN
    assert state(dates.closes, 0, stopped=True) is State.STOPPED
    assert state(date(2026, 4, 2), 0, stopped=True) is State.CLOSED


def test_pauses_grow_to_half_a_day() -> None:
    assert [rules.pause(n).total_seconds() / 60 for n in (1, 2, 3, 12, 100)] == [5, 10, 20, 720, 720]
