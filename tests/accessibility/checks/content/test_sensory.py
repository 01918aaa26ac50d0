"""Instructions that rely on shape, place, size or colour."""

import pytest

from accessibility.engine.checks.content.sensory import SensoryCheck
from tests.accessibility.checks.fixtures import REVIEW, Case, Found, look

ASKED = (("instruction-by-senses", REVIEW, "#a"),)
BUTTON = "<button>Send</button>"
CASES = {
    "by shape": Case(f"<p id=a>To go on, press the round button.</p>{BUTTON}", ASKED),
    "by colour": Case(f"<p id=a>Choose a day, then click on the green icon</p>{BUTTON}", ASKED),
    "by place": Case(f"<p id=a>Use the menu on the right to find other rooms.</p>{BUTTON}", ASKED),
    "in French": Case(f"<p id=a lang=fr>Cliquez sur le bouton rouge.</p>{BUTTON}", ASKED),
    "in Spanish": Case(f"<p id=a lang=es>Haga clic en el enlace de la derecha.</p>{BUTTON}", ASKED),
    "in Italian": Case(f"<p id=a lang=it>Clicca sul pulsante verde.</p>{BUTTON}", ASKED),
    "in German": Case(f"<p id=a lang=de>Klicken Sie auf das Symbol rechts.</p>{BUTTON}", ASKED),
    "in Portuguese": Case(f"<p id=a lang=pt>Clique no botão azul.</p>{BUTTON}", ASKED),
    "in Arabic": Case(f"<p id=a lang=ar>اضغط على الزر الأحمر</p>{BUTTON}", ASKED),
    "two are one question": Case(
        f"<p id=a>Press the round button.</p><p>Then press the large button.</p>{BUTTON}", ASKED
    ),
    "the thing is also named": Case(f"<p>Press the green button Send on the right.</p>{BUTTON}"),
    "the thing is also quoted": Case("<p>Press the round button “Further”.</p>"),
    "colour is its name": Case("<p>Press the round button.</p><button>Round button</button>"),
    "above and below are places in the order": Case(f"<p>Press the button below.</p>{BUTTON}"),
    "no instruction": Case("<p>The red button was sold, and the blue circle is nice.</p>"),
    "right as a word": Case("<p>Choose the right field of study and you have the right to a room.</p>"),
    "hidden": Case("<p aria-hidden=true>Press the round button.</p><p hidden>Press the red button.</p>"),
    "code": Case("<pre>press the red button</pre>"),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(SensoryCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_instructions_say_more_than_senses(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
