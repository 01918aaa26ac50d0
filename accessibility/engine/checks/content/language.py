"""True language of a page (3.1.1) and of its parts (3.1.2): the declared `lang` against the language of the text.

The language of a page is that of most of its words, the title, alternative texts and other names among them,
leaving out what declares a language of its own, code, and what must not be translated. Long text that is unmistakably
in another language fails; short text is a question, and mixed text, lists of names and single words are neither.
"""

import asyncio
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.content.common_words import COMMON_WORDS
from accessibility.engine.checks.content.tongues import CONFIDENT, WORD, Other, name_of, other_language, primary
from accessibility.engine.checks.found import Raw, Tally, ask_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LiveFrame, LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

PAGE = Rule(
    "page-language-matches",
    marked("The page must be in the language that it declares"),
    ("3.1.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "language-of-page",
    act=("ucwvc8",),
)
PART = Rule(
    "part-language-matches",
    marked("A part of the page must be in the language that it declares"),
    ("3.1.2",),
    Impact.MODERATE,
    Reach.PARTLY,
    "language-of-parts",
    act=("off6ek",),
)
PASSAGE = Rule(
    "passage-language-declared",
    marked("Passages in another language must declare it"),
    ("3.1.2",),
    Impact.MODERATE,
    Reach.PARTLY,
    "language-of-parts",
)
DOUBT_OF_PART = 0.55  # of lingua; who marks a part thought of its language, so that less is worth a question
PASSAGE_WORDS, PASSAGE_KINDS = 20, 5  # a passage, and different common words of its language, that make certain
ASKED_WORDS = 10
OF_DECLARED = 0.12  # common words of the declared language that make looking closer needless
MOST_PARTS = 20  # findings of one document
QUOTED = 60


class LanguageCheck(OwnCheck):
    """Looks for text in another language than the one declared for it."""

    name = "language"
    own_rules = (PAGE, PART, PASSAGE)

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{owners: [...], blocks: [...]}`, each `{lang, text, other, certain, page, at}`; `other` is None
        where nothing speaks against the declared language."""
        return await ask_frames(page, _look)

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Findings for the page, for parts that declare a language, and for passages that do not."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            for part in frame["answer"]["owners"]:
                self._declared(tally, PAGE if part["page"] and not frame["path"] else PART, frame, part)
            self._passages(tally, frame, frame["answer"]["blocks"])
        return tally.judgement(probed["missed"])

    @staticmethod
    def _declared(tally: Tally, rule: Rule, frame: Raw, part: Raw) -> None:
        if part["other"] is None or not part["at"]:
            tally.passed(rule)
            return
        what = "The page" if rule is PAGE else f"The part “{_quoted(part['text'])}”"
        language = name_of(primary(part["lang"]))
        if part["certain"]:
            message = f'{what} declares {language} (lang="{part["lang"]}"), and its text is {part["other"]}.'
            tally.at(rule, Outcome.FAILED, message, frame, part["at"], steps=_steps(part))
            return
        text = "" if rule is PART else f" (“{_quoted(part['text'])}”)"
        message = f"{what} declares {language}. Is its text{text} really {language}, or is it {part['other']}?"
        tally.at(rule, Outcome.NEEDS_REVIEW, message, frame, part["at"])

    @staticmethod
    def _passages(tally: Tally, frame: Raw, passages: list[Raw]) -> None:
        """Certain ones each; of the others one per language."""
        asked: set[str] = set()
        for part in passages:
            if not part["at"]:
                continue
            language, quoted = name_of(primary(part["lang"])), _quoted(part["text"])
            if part["certain"]:
                message = f"The passage “{quoted}” is {part['other']}, and stands in text that declares {language}."
                tally.at(PASSAGE, Outcome.FAILED, message, frame, part["at"], steps=_steps(part))
            elif part["other"] not in asked:
                asked.add(part["other"])
                message = (
                    f"“{quoted}” seems to be {part['other']} in text that declares {language}. "
                    f"Is it more than a name, a title or a technical term, so that it must declare its language?"
                )
                tally.at(PASSAGE, Outcome.NEEDS_REVIEW, message, frame, part["at"])


def _steps(part: Raw) -> list[str]:
    return [
        f"Read the text, beginning with “{_quoted(part['text'])}”: it is {part['other']}.",
        f'Look at the closest `lang` around it: it is "{part["lang"]}".',
        "A screen reader reads the text with the voice and the rules of that language.",
    ]


def _quoted(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= QUOTED else tidy[: QUOTED - 1] + "…"


async def _look(frame: LiveFrame) -> Raw:
    """The texts of a document, those with another language also with their place."""
    script = script_beside(__file__)
    answer: Raw = await frame.world.call(script)
    await asyncio.to_thread(_identify, answer, frame.top)
    wanted = {kind: [i for i, part in enumerate(answer[kind]) if part["other"]][:MOST_PARTS] for kind in answer}
    if any(wanted.values()):
        places = wanted | {"blocks": [answer["blocks"][i]["place"] for i in wanted["blocks"]]}
        described = await frame.world.call(script, places)
        for kind, places_of_kind in wanted.items():
            for i, at in zip(places_of_kind, described[kind], strict=False):
                answer[kind][i]["at"] = at
    return answer


def _identify(answer: Raw, top: bool) -> None:
    """Write beside each text what it is in instead. Blocks are passages only in a text that is what it declares."""
    for owner in answer["owners"]:
        doubt = CONFIDENT if owner["page"] and top else DOUBT_OF_PART
        _note(owner, other_language(owner["text"], owner["lang"], doubt=doubt))
    passages = []
    for block in answer["blocks"]:
        owner = answer["owners"][block["owner"]]
        block["lang"] = owner["lang"]
        if owner["other"] is None and (other := _passage(block)):
            _note(block, other)
            passages.append(block)
    answer["blocks"] = passages


def _passage(block: Raw) -> Other | None:
    words = WORD.findall(block["text"].casefold())
    own = COMMON_WORDS.get(primary(block["lang"]), frozenset())
    if len(words) < ASKED_WORDS or sum(word in own for word in words) > OF_DECLARED * len(words):
        return None
    other = other_language(block["text"], block["lang"])
    if other is None or not other.certain:
        return None
    if len(words) < PASSAGE_WORDS:
        return Other(other.language, certain=False)
    sure = other_language(block["text"], block["lang"], fewest_kinds=PASSAGE_KINDS)
    return Other(other.language, certain=sure is not None and sure.certain)


def _note(part: Raw, other: Other | None) -> None:
    part |= {"other": other and other.language, "certain": bool(other and other.certain), "at": None}
