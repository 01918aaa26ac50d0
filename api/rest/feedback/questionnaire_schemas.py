"""Questionnaires as JSON. A text is an object by language (BCP 47): `{"en": "Your room", "ar": "غرفتكم"}`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.feedback.questionnaires import checking
from campus.feedback.questionnaires.checking import MOST_KEPT, Fault
from campus.feedback.questionnaires.content import Content, Kind, parsed
from campus.feedback.questionnaires.models import Questionnaire, QuestionnaireVersion

Language = Annotated[str, Field(max_length=8)]
Key = Annotated[str, Field(pattern=f"^{checking.KEY.pattern}$", max_length=40)]
Texts = Annotated[dict[Language, Annotated[str, Field(max_length=MOST_KEPT)]], Field(max_length=20)]


class OptionBody(Given):
    """One answer of a choice."""

    key: Key
    text: Texts = {}


class ConditionBody(Given):
    """The question is asked only after one of these answers to an earlier one."""

    question: Key
    answers: list[Annotated[str, Field(max_length=40)]] = Field(max_length=checking.MOST_OPTIONS)


class QuestionBody(Given):
    """One question. Answers are joined by `key` over all versions; figures of an `area` sum up its questions."""

    key: Key
    kind: Kind
    area: Key
    text: Texts = {}
    hint: Texts = {}
    required: bool = False
    options: list[OptionBody] = Field(default=[], max_length=checking.MOST_OPTIONS)
    only_if: ConditionBody | None = None


class SectionBody(Given):
    """Questions that stand together."""

    key: Key
    title: Texts = {}
    questions: list[QuestionBody] = Field(default=[], max_length=checking.MOST_QUESTIONS)


class ContentBody(Given):
    """All that a version asks. Texts may hold `{pavilion}` and `{event}`."""

    languages: list[Language] = Field(min_length=1, max_length=20)
    title: Texts = {}
    intro: Texts = {}
    thanks: Texts = {}
    sections: list[SectionBody] = Field(default=[], max_length=checking.MOST_SECTIONS)


class GivenQuestionnaire(Given):
    """A new questionnaire, from the standard one or with an empty draft in English."""

    name: str = Field(min_length=1, max_length=120)
    slug: str = Field("", max_length=64)
    start: Literal["standard", "empty"] = "standard"


class GivenPublication(Given):
    """`same_meaning`: somebody read what is worded otherwise than before, and it means the same."""

    same_meaning: bool = False


class FaultOut(BaseModel):
    """What hinders publishing. `place` is a path through the content, counted from 0."""

    place: str
    message: str


class VersionOut(BaseModel):
    """One version. Once `used`, by the first guest who opened it, it never changes."""

    number: int
    state: Literal["draft", "published", "earlier"]
    published_at: datetime | None
    used: bool
    languages: list[str]
    questions: int


class VersionDetail(VersionOut):
    """One version with all that it asks; for a draft also what hinders publishing it."""

    content: ContentBody
    faults: list[FaultOut]


class QuestionnaireOut(BaseModel):
    """A questionnaire: the number of the version that guests get, and of the draft."""

    slug: str
    name: str
    published: int | None
    draft: int | None


def content_of(given: ContentBody) -> Content:
    """As the books take it."""
    return parsed(given.model_dump(mode="json"))


def questionnaire_out(
    one: Questionnaire, live: QuestionnaireVersion | None, draft: QuestionnaireVersion | None
) -> QuestionnaireOut:
    """With the numbers of its versions."""
    return QuestionnaireOut(
        slug=one.slug, name=one.name, published=live.number if live else None, draft=draft.number if draft else None
    )


def version_out(version: QuestionnaireVersion, live: QuestionnaireVersion | None) -> VersionOut:
    """Without what it asks."""
    content = parsed(version.content)
    earlier: Literal["published", "earlier"] = "published" if live and live.id == version.id else "earlier"
    return VersionOut(
        number=version.number,
        state=earlier if version.published_at else "draft",
        published_at=version.published_at,
        used=version.used,
        languages=list(content.languages),
        questions=len(list(content.questions())),
    )


def version_detail(
    version: QuestionnaireVersion, live: QuestionnaireVersion | None, faults: list[Fault]
) -> VersionDetail:
    """With what it asks."""
    return VersionDetail(
        **version_out(version, live).model_dump(),
        content=ContentBody.model_validate(version.content),
        faults=[FaultOut(place=one.place, message=one.message) for one in faults],
    )
