"""Guests for the tests: a small questionnaire in five languages, and their responses in one line each."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from campus.feedback.figures import closing
from campus.feedback.quarters import Quarter, quarter_of, week_of
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion
from campus.feedback.responses import actions, rules
from campus.feedback.responses.actions import Given
from core import clock
from core.i18n import today

LANGUAGES = ("en", "fr", "es", "it", "ar")
_LIKED = {"question": "room_comfort", "answers": ["1", "2"]}


def texts(english: str) -> dict[str, str]:
    """The same in every language, told apart by its code."""
    return {"en": english, "ar": f"{english} (العربية)"} | {one: f"{english} ({one})" for one in ("fr", "es", "it")}


def question(key: str, kind: str, area: str, text: str, **more: Any) -> dict[str, Any]:
    """One question as it is stored."""
    return {"key": key, "kind": kind, "area": area, "text": texts(text), "hint": {}, "required": False} | more


CONTENT: dict[str, Any] = {
    "languages": list(LANGUAGES),
    "title": texts("Sample: how was your stay?"),
    "intro": texts("Two minutes help us."),
    "thanks": texts("Thank you."),
    "sections": [
        {
            "key": "room",
            "title": texts("Your room"),
            "questions": [
                question("room_comfort", "rating", "room", "How comfortable was your room?"),
                question("room_clean", "rating", "room", "How clean was your room?"),
                question("room_wrong", "text", "room", "What was wrong?", only_if=_LIKED),
            ],
        },
        {
            "key": "campus",
            "title": texts("The campus"),
            "questions": [
                question("food", "rating", "food", "How was the food?"),
                question("found_way", "yes_no", "campus", "Did you find your way?"),
                question(
                    "travel",
                    "choice",
                    "campus",
                    "How did you come?",
                    options=[{"key": one, "text": texts(one.title())} for one in ("train", "plane", "other")],
                ),
                question("recommend", "score", "overall", "How likely would you recommend us?", required=True),
                question("improve", "text", "overall", "What should we improve?"),
            ],
        },
    ],
}


def published(session: Session, slug: str = "sample-stay", content: dict[str, Any] | None = None) -> int:
    """A published questionnaire; the id of its version."""
    made = Questionnaire(slug=slug, name=f"Sample questionnaire {slug}")
    session.add(made)
    session.flush()
    version = QuestionnaireVersion(
        questionnaire_id=made.id, number=1, content=content or CONTENT, published_at=clock.now(), used=True
    )
    session.add(version)
    session.flush()
    return version.id


def respond(session: Session, version_id: int, day: date, answers: dict[str, str], **more: Any) -> None:
    """One response by an open point."""
    given: dict[str, Any] = {"language": "en", "origin": rules.POINT} | more
    actions.add(session, Given(version_id=version_id, answers=answers, **given), day)


def likely(chance: Random, level: float = 3.8) -> dict[str, str]:
    """Answers of a guest who finds most things about as good as `level` on 1 to 5."""

    def rated(most: int, scale: float) -> str:
        return str(max(1 if most == 5 else 0, min(most, round(chance.gauss(level * scale, scale)))))

    return {
        **{key: rated(5, 1) for key in ("room_comfort", "room_clean", "food")},
        "found_way": "yes" if chance.random() < 0.8 else "no",
        "travel": chance.choice(("train", "plane", "other")),
        "recommend": rated(10, 2.1),
    }


def past_quarters(n: int) -> list[Quarter]:
    """The last quarters that can be closed, the oldest first."""
    last = quarter_of(week_of(today())).plus(-1)
    return [last.plus(-back) for back in reversed(range(n))]


def fill(session: Session, version_id: int, quarter: Quarter, n: int, chance: Random, **more: Any) -> None:
    """So many responses spread over the weeks of a quarter."""
    level = more.pop("level", 3.8)
    for number in range(n):
        day = date.fromordinal(quarter.first.toordinal() + 7 + number % 80)
        respond(session, version_id, day, likely(chance, level), **more)


def close_all(session: Session, quarters: list[Quarter]) -> None:
    """Publish the figures of these."""
    for quarter in quarters:
        closing.close(session, quarter, "command")
