"""Names that leave out what is seen on a control."""

import pytest

from accessibility.engine.checks.forms.label_in_name import LabelInNameCheck, Match, match_field, match_lines
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Expected, Found, look

HIDDEN = "style='position:absolute;width:1px;height:1px;overflow:hidden'"
ICONS = "<style>.i{font-family:'Sample Icons'}</style>"


def fails(*selectors: str) -> tuple[Expected, ...]:
    return tuple(("label-in-name", FAILED, selector) for selector in selectors)


CASES = {
    "a name of other words": Case("<a id=a href=/ aria-label=Courses>Timetable</a>", fails("#a")),
    "a name from another element": Case(
        "<p id=n>Courses</p><button id=a aria-labelledby=n>Timetable</button>", fails("#a")
    ),
    "text that only the eye meets": Case(
        "<a id=a href=/ aria-label='Read course'>Read <span aria-hidden=true>sample</span> course</a>", fails("#a")
    ),
    "the value of a button": Case("<input id=a type=button value=Enrol aria-label=Courses>", fails("#a")),
    "a field whose label is another": Case("<label>First name <input id=a aria-label=Email></label>", fails("#a")),
    "a role": Case("<div id=a role=button tabindex=0 aria-label=Courses>Timetable</div>", fails("#a")),
    "more than what is seen": Case("<a href=/ aria-label='Read the course: drawing'>Read <b>the</b> course</a>"),
    "text that is not seen": Case(f"<a href=/ aria-label='Read course'>Read <span {HIDDEN}>the</span> course</a>"),
    "a letter of an icon font": Case(f"{ICONS}<button class=i aria-label=Find>search</button>"),
    "a sign": Case(
        "<button aria-label=Close>x</button><button aria-label=Help>?</button><button aria-label=More>…</button>"
    ),
    "a part of the page that is no control": Case("<nav aria-label=Main>Timetable</nav>"),
    "a control that is switched off": Case("<button disabled aria-label=Courses>Timetable</button>"),
    "a name that belongs to its label": Case("<label>Sample <span id=n>email</span> <input aria-labelledby=n></label>"),
    "a hint in the label": Case("<label>Sample email, as on your card <input aria-label='Sample email'></label>"),
    "a card named by its headline": Case(
        "<a href=/ aria-label='Drawing for all'><h2>Drawing for all</h2><p>Twelve lessons on paper and ink</p></a>"
    ),
    "a shortened word": Case("<button id=a aria-label=Information>Info</button>", (("label-in-name", REVIEW, "#a"),)),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(LabelInNameCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_is_seen_is_a_part_of_the_name(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("Read  more", "READ MORE"),
        ("E-mail", "email address"),
        ("Coffee (free)", "Coffee"),
        ("Résumé", "Resume"),
        ("Terms & conditions", "Terms and conditions"),
        ("Main St.", "Main Street"),
        ("PDF", "Portable document format"),
        ("“Drawing”!", "Drawing"),
        ("課程", "所有課程"),
        ("→", "Next"),
        ("Nextâ€¦", "Next"),
    ],
)
def test_words_are_compared_and_not_signs(seen: str, name: str) -> None:
    assert match_lines([[seen]], name) is Match.CONTAINED


@pytest.mark.parametrize(
    ("seen", "name"), [("Read more", "Read all more"), ("R E A D", "Read"), ("12.34", "1 2 3 4"), ("Go on", "Go only")]
)
def test_words_in_part_or_apart_are_others(seen: str, name: str) -> None:
    assert match_lines([[seen]], name) is Match.DIFFERENT


def test_figures_alone_are_asked_about() -> None:
    assert match_lines([["€100 / €1"]], "Before 100, now 1 euro") is Match.UNCLEAR


def test_a_number_beside_a_label_is_none() -> None:
    assert match_lines([["Messages", "3"]], "Messages, unread: 3") is Match.CONTAINED
    assert match_field("Messages", "Inbox") is Match.DIFFERENT
