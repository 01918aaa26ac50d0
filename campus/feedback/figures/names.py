"""What measures and groups of guests are called: questions as their newest version puts them, places by their names."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures import rules
from campus.feedback.questionnaires.content import Kind, Question, in_language, wording
from campus.feedback.questionnaires.queries import published_contents, question_texts
from campus.places.models import Event, Pavilion, Segment
from core import i18n

OF_PLACES: dict[str, type[Pavilion] | type[Segment] | type[Event]] = {
    rules.PAVILION: Pavilion,
    rules.SEGMENT: Segment,
    rules.EVENT: Event,
}


@dataclass(frozen=True, slots=True)
class Names:
    """`texts` by measure; `wordings`: every wording that was published by its hash; `things` by dimension and slug."""

    texts: Mapping[str, str]
    wordings: Mapping[str, Question]
    things: Mapping[tuple[str, str], str]

    def measure(self, measure: str) -> str:
        """The question's text; of a share of a choice with its option. The key where no version is left."""
        return self.texts.get(measure, measure)

    def option(self, measure: str) -> str:
        """Only the option of a share of a choice."""
        key, _colon, _option = measure.partition(":")
        return self.measure(measure).removeprefix(f"{self.measure(key)}: ")

    def thing(self, dimension: str, thing: str) -> str:
        """A pavilion, segment or event by its name, a language in the visitor's."""
        if dimension == rules.LANGUAGE:
            return i18n.format_language(thing)
        return self.things.get((dimension, thing), thing)

    def read(self, wordings: tuple[str, ...]) -> list[str]:
        """What guests read of a question, from the hashes of its wordings: its text, and the options of a choice."""
        return [_whole(self.wordings[one]) for one in wordings if one in self.wordings]


def names(session: Session) -> Names:
    """All of them, in the visitor's language where there is a text in it."""
    asked = (one for content in published_contents(session) for one in content.questions())
    return Names(question_texts(session, i18n.language()), {wording(one): one for one in asked}, group_names(session))


def group_names(session: Session) -> dict[tuple[str, str], str]:
    """The names of every pavilion, segment and event, by dimension and slug."""
    found = {}
    for dimension, table in OF_PLACES.items():
        for slug, name in session.execute(sa.select(table.slug, table.name)):
            found[dimension, slug] = name
    return found


def _whole(question: Question) -> str:
    options = [in_language(one.text, i18n.language()) for one in question.options if question.kind is Kind.CHOICE]
    return " · ".join([in_language(question.text, i18n.language()), *options])
