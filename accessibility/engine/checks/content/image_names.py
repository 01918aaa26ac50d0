"""Alternatives of images that are none (1.1.1, failure F30), and images that are both hidden and told.

The name of the image's own file, a camera's number, an address or "spacer" tell nobody what an image shows: certain,
unless the page speaks of that file, or the image is a link, perhaps to it, or belongs to a CAPTCHA or a test, where a
name that tells which picture it is may be all that can be said. A word such as "photo" may be right for a button, and
enough beside a caption.
"""

import re
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

NO_ALTERNATIVE = Rule(
    "image-name-is-file",
    marked("The alternative of an image must say what it shows, not name its file"),
    ("1.1.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "non-text-content",
    act=("9eb3f6",),
)
VAGUE = Rule(
    "image-name-vague",
    marked("Does the alternative say what the image shows?"),
    ("1.1.1",),
    Impact.MODERATE,
    Reach.ASKS,
    "non-text-content",
    act=("qt1vmo",),
)
REPEATED = Rule(
    "image-name-repeats-caption",
    marked("Does the alternative add to the caption?"),
    ("1.1.1",),
    Impact.MINOR,
    Reach.ASKS,
    "non-text-content",
)
HIDDEN = Rule(
    "image-with-caption-hidden",
    marked("Is an image with a caption really mere decoration?"),
    ("1.1.1",),
    Impact.MODERATE,
    Reach.ASKS,
    "non-text-content",
    act=("e88epe",),
)
CONFLICT = Rule(
    "decorative-exposed",
    marked("Is what is marked as decoration kept from assistive technology?"),
    ("1.3.1",),
    Impact.MINOR,
    Reach.ASKS,
    "info-and-relationships",
    act=("46ca7f",),
)
EXTENSION = r"\.(?:png|jpe?g|jfif|gif|svg|webp|bmp|avif|tiff?|ico|heic)"
FILE_NAME = re.compile(rf"[^\s/\\]+{EXTENSION}", re.IGNORECASE)
ADDRESS = re.compile(
    rf"(?:https?://|(?:\.{{0,2}}/)?(?:[\w.~%-]+/)+)\S*{EXTENSION}(?:[?#]\S*)?|data:image/\S*", re.IGNORECASE
)
CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pict|pxl|mvimg|imag)(?:[_-]?\d{4,}|[_-]\d{3})(?:[_-]\d+)*|p10\d{5}", re.IGNORECASE
)
HASH = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MEANINGLESS = frozenset(
    "spacer|blank|untitled|alt|alt text|alttext|undefined|null|[object object]|img|sans titre".split("|")
)
GENERIC = frozenset(
    "image|images|picture|pic|photo|photograph|graphic|graphics|illustration|figure|placeholder|thumbnail|banner|slide|"
    "bild|foto|grafik|abbildung|imagen|imagem|immagine|figura|gráfico|fotografía|photographie|graphique|visuel|"
    "صورة|رسم".split("|")
)
NUMBERED = re.compile(r"[ _-]?\(?\d{1,3}\)?$")
SMALL = 64  # CSS pixels: below, an image is rather an icon
MOST_ASKED = 3  # of one rule in one frame


class ImageNamesCheck(OwnCheck):
    """Looks for alternatives of images that are file names, vague or the caption again, and for doubtful decoration."""

    name = "image-names"
    own_rules = (NO_ALTERNATIVE, VAGUE, REPEATED, HIDDEN, CONFLICT)

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{suspicious, repeated, hidden, conflicting, judged}`, each image with `at`."""
        return await run_in_frames(page, script_beside(__file__), {"words": sorted(MEANINGLESS | GENERIC)})

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures that are certain, and a few questions per frame."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            answer = frame["answer"]
            if answer["judged"]:
                tally.passed(NO_ALTERNATIVE)
            _suspicious(tally, frame, answer["suspicious"])
            for image in answer["repeated"][:1]:
                question = f"The caption is “{image['text'][:80]}”, too. Does it say all that the image shows?"
                tally.at(REPEATED, Outcome.NEEDS_REVIEW, question, frame, image["at"])
            for image in answer["hidden"][:MOST_ASKED]:
                caption = image["caption"][:80]
                question = f"The image of “{caption}” has no alternative. Does the caption say all that it shows?"
                tally.at(HIDDEN, Outcome.NEEDS_REVIEW, question, frame, image["at"])
            for element in answer["conflicting"][:1]:
                question = "This is marked as decoration and has a name all the same, so it is told. Is it decoration?"
                tally.at(CONFLICT, Outcome.NEEDS_REVIEW, question, frame, element["at"])
        return tally.judgement(probed["missed"])


def _suspicious(tally: Tally, frame: Raw, images: list[Raw]) -> None:
    asked = 0
    for image in images:
        text = image["text"]
        if image["at"]["name"] != text:
            continue  # something else names it in the end
        problem = _problem(text, image["file"])
        if problem and not (image["told"] or image["linked"] or image["tested"]):
            steps = (
                "Find the image, and read its alternative text, as a screen reader does.",
                f"It is “{text[:80]}”: {problem}. Nobody learns from it what the image shows or does.",
            )
            tally.at(
                NO_ALTERNATIVE,
                Outcome.FAILED,
                f"The alternative “{text[:80]}” is {problem}.",
                frame,
                image["at"],
                steps=steps,
            )
        elif (problem or _vague(image)) and asked < MOST_ASKED:
            asked += 1
            question = f"Does the alternative “{text[:80]}” say what the image shows or does?"
            if image["tested"]:
                question += " In a CAPTCHA or a test, does it say at least what that is, or which picture?"
            tally.at(VAGUE, Outcome.NEEDS_REVIEW, question, frame, image["at"])


def _problem(text: str, file: str) -> str:
    """Why a text is certainly no alternative, "" where that is not certain."""
    if ADDRESS.fullmatch(text):
        return "an address"
    if FILE_NAME.fullmatch(text):
        return "the name of the image's file" if text.casefold() == file.casefold() else "a file's name"
    if CAMERA.fullmatch(text):
        return "a camera's number"
    if HASH.fullmatch(text):
        return "a technical name"
    return "a filler word" if text.casefold() in MEANINGLESS else ""


def _vague(image: Raw) -> bool:
    """A word for any image, or signs alone, where there is something to see."""
    if image["control"] or min(image["width"], image["height"]) < SMALL:
        return False
    text = image["text"].casefold()
    return NUMBERED.sub("", text) in GENERIC or not any(map(str.isalnum, text))
