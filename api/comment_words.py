"""How guests' comments are spoken of: languages, sentiments, groups, and the bars of topics by sentiment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.grouped_bars import Groups
from campus.feedback.comments.models import SentimentMethod
from campus.feedback.comments.rules import MIXED, NEGATIVE, POSITIVE, SENTIMENTS, UNCERTAIN
from campus.feedback.figures.suppression import LEAST
from campus.feedback.questionnaires.content import Question, in_language
from core.i18n import format_list, format_number, format_percent, gettext, language, lazy
from core.i18n import gettext as _

LANGUAGES = {
    "en": lazy("English"),
    "fr": lazy("French"),
    "es": lazy("Spanish"),
    "it": lazy("Italian"),
    "ar": lazy("Arabic"),
    "": lazy("Not identified"),
}
SENTIMENT_WORDS = {
    POSITIVE: ("good", lazy("Positive")),
    MIXED: ("info", lazy("Mixed")),
    NEGATIVE: ("warn", lazy("Negative")),
    UNCERTAIN: ("", lazy("Uncertain")),
}
DIMENSIONS = {"pavilion": lazy("Pavilion"), "event": lazy("Event"), "segment": lazy("Segment")}


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many comments speak of a topic, and how many of each sentiment; None where they are too few to part."""

    slug: str
    name: str
    n: int
    by_sentiment: Mapping[str, int] | None


def direction(language: str) -> str:
    """`dir` of a comment: that of its language, or what the browser makes of it."""
    return {"ar": "rtl", "": "auto"}.get(language, "ltr")


def counted(told: Sequence[tuple[list[str], str]], names: Mapping[str, str]) -> list[TopicCount]:
    """The topics that the comments speak of, the most frequent first."""
    counts: dict[str, Counter[str]] = {slug: Counter() for slug in names}
    for topics, sentiment in told:
        for slug in topics:
            if slug in counts:
                counts[slug][sentiment] += 1
    found = [
        TopicCount(slug, names[slug], count.total(), dict(count) if count.total() >= LEAST else None)
        for slug, count in counts.items()
        if count.total()
    ]
    return sorted(found, key=lambda one: (-one.n, one.name))


def chart(counts: Sequence[TopicCount]) -> Groups:
    """Bars of each sentiment that was found, and of all comments, topic by topic."""
    return Groups(tuple((f"{one.name} ({format_number(one.n)})", _bars(one)) for one in counts[:8]))


def chart_said(counts: Sequence[TopicCount]) -> str:
    """What the chart shows."""
    first = [_("%(topic)s (%(n)s)", topic=one.name, n=one.n) for one in counts[:3]]
    return _("Guests write most often about: %(topics)s.", topics=format_list(first)) if first else ""


def question_text(key: str, questions: Mapping[str, Question]) -> str:
    """What a question asks, in the visitor's language; its key where no version has it."""
    return (in_language(questions[key].text, language()) if key in questions else "") or key


def method_said(method: SentimentMethod | None) -> str:
    """How a language's sentiment is told, in one sentence."""
    if method is None or method.accuracy is None:
        return _("Uncertain: too few comments with a rating to learn from.")
    if not method.in_use:
        return _("Uncertain: tested, and not good enough.")
    return _("Told by a method that was right in %(share)s of the test.", share=format_percent(method.accuracy))


def topic_names(topics: Mapping[str, str]) -> dict[str, str]:
    """Names of topics by slug, ours in the visitor's language."""
    return {slug: gettext(name) for slug, name in topics.items()}


def _bars(one: TopicCount) -> tuple[tuple[str, float], ...]:
    parts = (
        []
        if one.by_sentiment is None
        else [
            (f"{SENTIMENT_WORDS[name][1]} · {format_number(n)}", float(n))
            for name in SENTIMENTS
            if (n := one.by_sentiment.get(name, 0))
        ]
    )
    return (*parts, (_("All: %(n)s", n=format_number(one.n)), float(one.n)))
