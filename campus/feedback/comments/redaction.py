"""What could tell who a guest is or where they sleep is taken out of a comment before anybody stores or reads it. Pure.

E-mail addresses, telephone numbers, web addresses that lead to somebody, accounts and room numbers become neutral
marks. Names of people are not seen: see `docs/feedback/comments.md`. Years, dates, prices, counts and ratings stay.
Everything is looked for in the folded text (`folding.py`), so that full-width letters, Arabic-Indic digits and
invisible characters hide nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campus.feedback.comments.folding import folded
from campus.feedback.comments.redaction_patterns import (
    ACCOUNT,
    ADDRESS,
    ANOTHER,
    BARE_NUMBER,
    CAMPUS_ROOM,
    COUNTED,
    EMAIL,
    LOOSE,
    NEAR,
    NUMBERED,
    PLACED,
    ROOM,
    ROOM_WORD,
    SPARED,
    TELEPHONE,
    TELEPHONE_NAMED,
    YEAR,
)

MOST = 4000  # characters of a redacted comment: marks may be longer than what they stand for
EMAIL_MARK, TELEPHONE_MARK, ROOM_MARK = "[e-mail]", "[telephone]", "[room]"
ADDRESS_MARK, ACCOUNT_MARK = "[address]", "[account]"
FEWEST_DIGITS = 9  # of a telephone number without any other sign of being one
FEWEST_SIGNED = 7  # of one that begins with +, 00, 0 or a bracket


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A part of a text, and the mark that takes its place."""

    start: int
    end: int
    mark: str


def redacted(text: str, rooms: frozenset[str]) -> str:
    """The text with marks in place of what tells of a person; at most `MOST` characters. `rooms`: the campus's numbers.

    Doing it again changes nothing.
    """
    result = text
    for _again in range(3):  # what stood beside something taken out may now be seen: "a@b@c"
        before, result = result, _marked(result, rooms)[:MOST]
        if result == before:
            break
    return result


def found_in(text: str, rooms: frozenset[str]) -> list[Found]:
    """What would be taken out, in order and without overlaps. The first kind of a place counts."""
    look = folded(text)
    plain = SPARED.sub(lambda one: "x" * len(one[0]), look.text)  # dates, prices and ratings are no numbers of anything
    known = frozenset(folded(one).text.replace(" ", "") for one in rooms)
    taken: list[Found] = []
    for found in (_emails(look.text), _addresses(look.text), _telephones(plain), _rooms(plain, known)):
        for start, end, mark in found:
            first, last = look.original(start, end)
            if all(last <= one.start or one.end <= first for one in taken):
                taken.append(Found(first, last, mark))
    return sorted(taken)


def _marked(text: str, rooms: frozenset[str]) -> str:
    parts, at = [], 0
    for one in found_in(text, rooms):
        parts += [text[at : one.start], one.mark]
        at = one.end
    return "".join([*parts, text[at:]])


_Finding = tuple[int, int, str]  # start and end in the folded text, and the mark


def _emails(text: str) -> Iterator[_Finding]:
    for one in EMAIL.finditer(text):
        yield one.start(), one.end(), EMAIL_MARK


def _addresses(text: str) -> Iterator[_Finding]:
    for one in ADDRESS.finditer(text):
        yield one.start(), one.end(), ADDRESS_MARK
    for one in ACCOUNT.finditer(text):
        yield one.start("account"), one.end("account"), ACCOUNT_MARK


def _telephones(text: str) -> Iterator[_Finding]:
    for one in TELEPHONE_NAMED.finditer(text):
        yield one.start("number"), one.end("number"), TELEPHONE_MARK
    for one in TELEPHONE.finditer(text):
        groups = re.findall(r"\d+", one[0])
        signed = one[0][0] in "+(" or groups[0].startswith("0")
        enough = FEWEST_SIGNED if signed else FEWEST_DIGITS
        short = not signed and max(map(len, groups)) <= 2  # counts in a row
        listed = short or all(YEAR.fullmatch(group) for group in groups)
        if sum(map(len, groups)) >= enough and not listed:
            yield one.start(), one.end(), TELEPHONE_MARK


def _rooms(text: str, known: frozenset[str]) -> Iterator[_Finding]:
    for one in ROOM.finditer(text):
        if _may_be_room(text, one, known):
            loose = LOOSE.search(one["link"])  # "the room was the 214": the words in between stay
            start = one.start("number") if loose else one.start()
            yield start, _end_of_list(text, one.end(), known), ROOM_MARK
    for one in NUMBERED.finditer(text):
        if one["number"] in known or (len(one["number"]) >= 3 and _names(text, one)):
            yield one.start(), one.end(), ROOM_MARK
    for one in BARE_NUMBER.finditer(text):
        near = text[max(0, one.start() - NEAR) : one.end() + NEAR]
        if one[0] in known and ROOM_WORD.search(near) and not COUNTED.match(text, one.end()):
            yield one.start(), one.end(), ROOM_MARK
    for one in PLACED.finditer(text):
        if one["number"] in known:
            yield one.start("number"), one.end("number"), ROOM_MARK
    for one in CAMPUS_ROOM.finditer(text):
        if one[0] in known:
            yield one.start(), one.end(), ROOM_MARK


def _may_be_room(text: str, one: re.Match[str], known: frozenset[str]) -> bool:
    """A number after the word; but what is counted ("room 2 nights"), a rating ("room: 4"), a year that no room has."""
    number = one["number"]
    if len(number) < 3 and (":" in one["gap"] or LOOSE.search(one["link"])):
        return False
    return number in known or _names(text, one)


def _names(text: str, one: re.Match[str]) -> bool:
    return not COUNTED.match(text, one.end()) and not YEAR.fullmatch(one["number"])


def _end_of_list(text: str, end: int, known: frozenset[str]) -> int:
    """Where "rooms 214, 215 and 216" ends."""
    while (one := ANOTHER.match(text, end)) and (one["number"] in known or _names(text, one)):
        end = one.end()
    return end
