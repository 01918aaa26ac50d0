"""Text in pictures (1.4.5, 1.1.1), read by OCR: always a question, never a failure.

Three ideas over one reading: a picture that is mainly text where text itself would do; a picture that assistive
technology passes over although it says something that the page does not; a picture whose name has nothing in common
with the few words in it. What is asked about 1.4.5 names the exceptions: logos, screenshots, charts, and lettering
whose very look is the point. A CAPTCHA is one, too, whose words no alternative may tell: nothing is asked of it.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import asdict
from difflib import SequenceMatcher
from typing import Any

from playwright.async_api import Error as PlaywrightError

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.content.reading import Reading, read
from accessibility.engine.checks.found import Raw, Tally, ask_frames, box_of, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.crawl.screenshots import clip, screenshot
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

IMAGE_OF_TEXT = Rule(
    "image-of-text",
    marked("Could this picture of text be text?"),
    ("1.4.5",),
    Impact.MODERATE,
    Reach.ASKS,
    "images-of-text",
    act=("0va7u6",),
)
HIDDEN_TEXT = Rule(
    "hidden-image-with-text",
    marked("Is a picture without alternative that shows text really mere decoration?"),
    ("1.1.1",),
    Impact.SERIOUS,
    Reach.ASKS,
    "non-text-content",
    act=("e88epe",),
)
OTHER_WORDS = Rule(
    "image-name-other-words",
    marked("Does the alternative say what the picture says?"),
    ("1.1.1",),
    Impact.MODERATE,
    Reach.ASKS,
    "non-text-content",
    act=("qt1vmo",),
)
MOST = 16  # pictures of one page
TIME = 20.0  # seconds after which no other picture is read
LARGEST = 1000  # pixels of a side of what is read
ENLARGED = 3.0
COMFORTABLE = 120  # pixels: lower pictures are enlarged to be read
MAINLY_TEXT = 0.12  # of the picture's area
SOME_TEXT, LITTLE_BESIDES = 0.02, 0.25
DRAWN = 0.3  # one colour has this part of it: no photograph
FEW_WORDS = 6
WORDS_OF_LOGO = 2
ALIKE = 0.7
MOST_ASKED = 3  # questions of one rule on one page
MOST_COMPARED, MOST_TOLD = 8, 2000  # words that may have been read wrongly, and those of the page
WORD = re.compile(r"[^\W_]{2,}")


class ImageTextCheck(OwnCheck):
    """Reads the text in pictures, and asks whether it could be text, and whether the alternative says it."""

    name = "image-text"
    own_rules = (IMAGE_OF_TEXT, HIDDEN_TEXT, OTHER_WORDS)
    profile = Profile.DEEP
    conditions = Conditions(once=True)
    seconds = 60.0

    async def applies(self, page: LivePage) -> bool:
        """Where there is any picture large enough for words."""
        answers = await ask_frames(page, lambda frame: frame.world.call(script_beside(__file__), {"only": True}))
        return any(frame["answer"] for frame in answers["frames"])

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{text, pictures}`; each picture with its `Reading` where it was read."""
        given = {"most": MOST}
        probed = await ask_frames(page, lambda frame: frame.world.call(script_beside(__file__), given))
        until = asyncio.get_running_loop().time() + TIME
        left = MOST
        for frame in probed["frames"]:
            for picture in frame["answer"]["pictures"]:
                if left and asyncio.get_running_loop().time() < until:
                    left -= 1
                    picture.update(await _said(page, frame, picture))
        return probed

    def judge(self, probed: Raw, state: str) -> Judgement:
        """At most `MOST_ASKED` questions of each rule, the same words once."""
        tally = Tally(self.name, state)
        asked: dict[str, set[str]] = {rule.id: set() for rule in self.own_rules}
        for frame in probed["frames"]:
            told = _words(frame["answer"]["text"])
            _mark_logo(frame["answer"]["pictures"])
            for picture in frame["answer"]["pictures"]:
                lines = picture.get("lines")
                if not lines:
                    continue
                shown = " ".join(lines)[:100]
                for rule, question in _questions(picture, told, shown):
                    if shown not in asked[rule.id] and len(asked[rule.id]) < MOST_ASKED:
                        asked[rule.id].add(shown)
                        tally.at(rule, Outcome.NEEDS_REVIEW, question, frame, picture["at"])
        return tally.judgement(probed["missed"])


def _mark_logo(pictures: list[Raw]) -> None:
    """The only linked picture with words at the top of a page, and few of them, is its logo. Several are a menu."""
    linked = [picture for picture in pictures if picture["heading"] and _words(" ".join(picture.get("lines") or ()))]
    if len(linked) == 1 and len(_words(" ".join(linked[0]["lines"]))) <= WORDS_OF_LOGO:
        linked[0]["logo"] = True


def _questions(picture: Raw, told: set[str], shown: str) -> list[tuple[Rule, str]]:
    words = _words(" ".join(picture["lines"]))
    if not words or picture["captcha"]:
        return []
    questions = []
    if _mainly_text(picture, words):
        question = f"The picture says “{shown}”. Could that be text? (Not for a logo, a screenshot or a chart.)"
        questions.append((IMAGE_OF_TEXT, question))
    drawn = picture["flat"] >= DRAWN or picture["covered"] >= MAINLY_TEXT
    if picture["hidden"]:
        if drawn and not picture["control"] and _part_told(words, told) < 1 / 2:
            question = f"The picture says “{shown}”, and has no alternative. Does the page say it elsewhere?"
            questions.append((HIDDEN_TEXT, question))
    elif drawn and picture["name"] and len(words) <= FEW_WORDS and not _in_common(words, picture["name"]):
        question = f"The picture says “{shown}”, its alternative “{picture['name'][:80]}”. Is that the same?"
        questions.append((OTHER_WORDS, question))
    return questions


def _mainly_text(picture: Raw, words: set[str]) -> bool:
    """Words, not a sign; text over much of the picture, or next to nothing but text; no logo."""
    if picture["logo"] or picture["kind"] in ("svg", "canvas"):
        return False
    alone = picture["covered"] >= SOME_TEXT and picture["besides"] <= picture["covered"] * LITTLE_BESIDES
    if picture["covered"] < MAINLY_TEXT and not alone:
        return False
    return len(words) > 1 or max(map(len, words)) > 3


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text) if not word.isdigit()}


def _part_told(words: set[str], told: set[str]) -> float:
    """What part of the words is told elsewhere. Each that is not is compared with all of these, so a few must do."""
    missing = sorted(words - told)
    compared, others = missing[:MOST_COMPARED], set(sorted(told)[:MOST_TOLD])
    misread = sum(_among(word, others) for word in compared) / max(1, len(compared)) * len(missing)
    return (len(words) - len(missing) + misread) / len(words)


def _among(word: str, others: set[str]) -> bool:
    """Whether a word is one of the others, but for a letter that was read wrongly."""
    return word in others or any(
        abs(len(word) - len(other)) < 3 and SequenceMatcher(None, word, other).ratio() >= ALIKE for other in others
    )


def _in_common(words: set[str], name: str) -> bool:
    """Whether the name has any of the words, alone or within others; a name in other letters cannot be compared."""
    named = _words(name)
    if not any(word.isascii() for word in named):
        return True
    joined = "".join(sorted(named)) + "".join(WORD.findall(name)).casefold()
    return any(_among(word, named) or word in joined for word in words)


async def _said(page: LivePage, frame: Raw, picture: Raw) -> Raw:
    """What is read in a picture as it stands on the page; nothing where no picture of it could be taken."""
    box = box_of(picture["box"], frame["origin"])
    if box is None or box.x < 0 or box.y < 0:
        return {}
    scale = min(LARGEST / max(box.width, box.height), max(1.0, min(ENLARGED, COMFORTABLE / box.height)))
    with suppress(PlaywrightError):  # it went away meanwhile: then there is nothing to ask
        png = await screenshot(page.session, clip(box.x, box.y, box.width, box.height, scale))
        reading: Reading = await read(png)
        return asdict(reading)
    return {}
