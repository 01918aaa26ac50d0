"""Contrast of text over pictures, gradients and layers, by its pixels, where axe cannot tell (1.4.3).

Two pictures are taken: with the texts, and with the texts alone made transparent. Where they differ is a glyph; there
the text's own colour is compared with what lies behind it. Failed is a text that has too little contrast at its best
place (the "highest possible contrast" of ACT rule afw4f7); where only a part of it has too little, a person decides.
"""

from typing import Any

import numpy as np

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, box_of, run_in_frames, script_beside
from accessibility.engine.checks.picture_sheet import above_each_other
from accessibility.engine.checks.pixels import (
    MOST_PIXELS,
    Pixels,
    Values,
    around,
    contrast,
    page_size,
    part,
    picture_of,
    whole,
)
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Box, Impact, Outcome
from core.i18n import marked

TEXT_CONTRAST = Rule(
    "text-contrast-measured",
    marked("Text over pictures and gradients has enough contrast"),
    ("1.4.3",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "contrast-minimum",
    act=("afw4f7",),
)
LARGE, LARGE_BOLD, BOLD = 24.0, 18.66, 700  # CSS pixels, and the weight; WCAG's 18 and 14 points
ENOUGH, ENOUGH_LARGE = 4.5, 3.0
TOLERANCE = 0.1  # of a ratio: colours of pixels are rounded
GLYPH = 24  # sum of the channels' differences from which a pixel belongs to a glyph
FEWEST_GLYPH_PIXELS = 24
NEAR, FEWEST_WHOLE = (
    90,
    0.02,
)  # as near are some of the glyphs' pixels to the text's colour, unless it is drawn otherwise
MARGIN = 8
SMALL_PART = 0.05  # of a text's pixels
MOST_QUESTIONS = 5
WARNING = np.array([255, 0, 255], dtype=np.uint8)

HIDE = """() => {
  for (const element of globalThis.campusTexts) {
    element.style.setProperty('transition', 'none', 'important');
    for (const name of ['-webkit-text-fill-color', 'text-decoration-color'])
      element.style.setProperty(name, 'transparent', 'important');
  }
  return new Promise((done) => setTimeout(() => done(true), 30));
}"""
SHOW = """() => {
  for (const element of globalThis.campusTexts)
    for (const name of ['-webkit-text-fill-color', 'text-decoration-color']) element.style.removeProperty(name);
  return new Promise((done) => setTimeout(() => done(true), 30));
}"""


class TextContrastCheck(OwnCheck):
    """Measures in pixels the contrast of texts that axe leaves undecided, as over pictures and gradients."""

    name = "text-contrast"
    own_rules = (TEXT_CONTRAST,)
    profile = Profile.DEEP
    conditions = Conditions()
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """Where axe is in doubt."""
        asked = await run_in_frames(page, script_beside(__file__), {"count": True})
        return any(frame["answer"] for frame in asked["frames"])

    async def probe(self, page: LivePage) -> Any:
        """Per frame its texts, each with `measured`: `{"least", "best", "low", "picture"}`, None where unseen."""
        found = await run_in_frames(page, script_beside(__file__), {})
        width, height = page_size(*found["frames"][0]["answer"]["size"])
        places: list[tuple[Raw, list[Box]]] = []
        for frame in found["frames"]:
            for text in frame["answer"]["texts"]:
                boxes = [box_of(rect, frame["origin"]) for rect in text["rects"]]
                rects = [cut for box in boxes if box and (cut := whole(box, width, height))]
                text["measured"] = None
                if rects and not text["mixed"]:
                    places.append((text, rects))
        if places:
            await _measure(page, places, width, height)
        return found

    def judge(self, probed: Raw, state: str) -> Judgement:
        """Failures of texts that are nowhere good enough; a few questions where they are only in parts."""
        tally = Tally(self.name, state)
        questions = 0
        for frame in probed["frames"]:
            for text in frame["answer"]["texts"]:
                measured = text["measured"]
                if measured is None:
                    continue
                needed = enough(text["size"], text["weight"])
                outcome = outcome_of(text, measured, needed)
                if outcome is Outcome.PASSED:
                    tally.passed(TEXT_CONTRAST)
                    continue
                questions += outcome is Outcome.NEEDS_REVIEW
                if outcome is Outcome.FAILED or questions <= MOST_QUESTIONS:
                    _tell(tally, frame, text, outcome, needed)
        return tally.judgement(probed["missed"])


def enough(size: float, weight: float) -> float:
    """The ratio that a text of this size (CSS pixels) and weight needs."""
    return ENOUGH_LARGE if size >= LARGE or (size >= LARGE_BOLD and weight >= BOLD) else ENOUGH


def outcome_of(text: Raw, measured: Raw, needed: float) -> Outcome:
    """Failed where even the best place is too weak, and nothing speaks for an exception or another background."""
    if measured["low"] <= SMALL_PART:
        return Outcome.PASSED
    doubtful = text["floating"] or text["logo"] or text["missing"]
    certain = measured["best"] < needed - TOLERANCE and not doubtful
    return Outcome.FAILED if certain else Outcome.NEEDS_REVIEW


def _tell(tally: Tally, frame: Raw, text: Raw, outcome: Outcome, needed: float) -> None:
    measured = text["measured"]
    least, best, share = f"{measured['least']:.1f}:1", f"{measured['best']:.1f}:1", round(measured["low"] * 100)
    steps: tuple[str, ...] = (
        f"Look at the text in the colour {_colour(text['colour'])} over its background.",
        f"Compare it with the background just behind the letters: {least} at the worst place, {best} at the best.",
    )
    if outcome is Outcome.FAILED:
        message = f"The text has a contrast of at most {best} with what lies behind it; {needed:g}:1 is needed."
    else:
        logo = " It may be a logotype, which is an exception." if text["logo"] else ""
        message = (
            f"{share} % of the text's pixels have less contrast than {needed:g}:1 with what lies behind them "
            f"({least} to {best}). Can every word be read?{logo}"
        )
    tally.at(TEXT_CONTRAST, outcome, message, frame, text["at"], steps=steps, picture=measured["picture"])


def _colour(colour: list[float]) -> str:
    red, green, blue, alpha = colour
    return f"rgb({red:.0f} {green:.0f} {blue:.0f} / {alpha:g})"


async def _measure(page: LivePage, places: list[tuple[Raw, list[Box]]], width: float, height: float) -> None:
    clip = _clip([box for _, boxes in places for box in boxes], width, height)
    shown = await picture_of(page, clip)
    await run_in_frames(page, HIDE)
    hidden = await picture_of(page, clip)
    await run_in_frames(page, SHOW)
    again = await picture_of(page, clip)
    for text, boxes in places:
        inside = [box for box in boxes if box.y + box.height <= clip.y + clip.height]
        if inside:
            text["measured"] = measure(
                text, inside, clip, shown, hidden, again, needed=enough(text["size"], text["weight"])
            )


def _clip(boxes: list[Box], width: float, height: float) -> Box:
    """All of the texts, as far as one picture may reach."""
    box = whole(around(boxes), width, height, MARGIN) or Box(0, 0, 1, 1)
    return Box(box.x, box.y, box.width, min(box.height, MOST_PIXELS // max(1, int(box.width))))


def measure(
    text: Raw, boxes: list[Box], clip: Box, shown: Pixels, hidden: Pixels, again: Pixels, *, needed: float
) -> Raw | None:
    """The contrasts at a text's glyphs; None where none is to be seen, or not in its colour, or on what moves."""
    ratios: list[Values] = []
    whole_glyphs = 0
    for box in boxes:
        with_text, without = part(shown, clip, box), part(hidden, clip, box)
        if not np.array_equal(with_text, part(again, clip, box)):
            return None
        glyph = np.abs(with_text.astype(int) - without.astype(int)).sum(axis=2) > GLYPH
        expected = _over(text, without[glyph])
        whole_glyphs += int((np.abs(with_text[glyph].astype(int) - expected).sum(axis=1) < NEAR).sum())
        ratios.append(contrast(expected, without[glyph]))
    all_of_them = np.concatenate(ratios)
    if all_of_them.size < FEWEST_GLYPH_PIXELS or whole_glyphs < FEWEST_WHOLE * all_of_them.size:
        return None
    low = float((all_of_them < needed - TOLERANCE).mean())
    least, best = (float(value) for value in np.percentile(all_of_them, (1, 99)))
    picture = None if low <= SMALL_PART else _evidence(text, boxes, clip, shown, hidden, needed)
    return {"least": least, "best": best, "low": low, "picture": picture}


def _over(text: Raw, ground: Pixels) -> Pixels:
    """The text's colour as it appears over these colours, where a glyph covers a pixel whole."""
    red, green, blue, alpha = text["colour"]
    cover = alpha * text["opacity"]
    mixed: Pixels = np.rint(np.array([red, green, blue]) * cover + ground * (1 - cover)).clip(0, 255).astype(np.uint8)
    return mixed


def _evidence(text: Raw, boxes: list[Box], clip: Box, shown: Pixels, hidden: Pixels, needed: float) -> bytes | None:
    """The text as it is, above the same with its weak pixels in magenta."""
    seen = whole(around(boxes), clip.x + clip.width, clip.y + clip.height, MARGIN) or clip
    picture, ground = part(shown, clip, seen), part(hidden, clip, seen)
    weak = contrast(_over(text, ground), ground) < needed - TOLERANCE
    glyph = np.abs(picture.astype(int) - ground.astype(int)).sum(axis=2) > GLYPH
    told = picture.copy()
    told[weak & glyph] = WARNING
    return above_each_other(picture, told)
