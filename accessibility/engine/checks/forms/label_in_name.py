"""What people read on a control must be a part of its name (2.5.3): who speaks to a browser says what they see.

Words are compared as the W3C's rule does it: without case, punctuation, symbols and what stands in brackets, in the
same order with nothing between. Where only hyphens or an abbreviation make the difference, nothing is reported.
"""

import re
import unicodedata
from enum import Enum
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, run_in_frames
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.checks.seen import script_with_seen
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

LABEL_IN_NAME = Rule(
    "label-in-name",
    marked("The name of a control must contain the text that is seen on it"),
    ("2.5.3",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "label-in-name",
    act=("2ee8b8",),
)
MOST_QUESTIONS = 3  # of one frame
MUCH = 15  # words: a whole card rather than a label
SHORTENED = 3  # letters, from which on the start of a word may be meant as its abbreviation

BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
APART = re.compile(r"[^\w]|_")
NOT_SPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
JOINING = frozenset({"and", "et", "und", "y", "e", "plus"})  # how "&" and "+" are said


class Match(Enum):
    """How a text that is seen stands to a name."""

    CONTAINED = "contained"
    UNCLEAR = "unclear"
    DIFFERENT = "different"


class LabelInNameCheck(OwnCheck):
    """Looks for controls whose accessible name lacks the text that is seen on them."""

    name = "label-in-name"
    own_rules = (LABEL_IN_NAME,)

    async def probe(self, page: LivePage) -> Any:
        """Per frame: how many controls were `judged`, and those `differing`: `[{field, text, lines, name, at}]`."""
        return await run_in_frames(page, script_with_seen(__file__))

    def judge(self, probed: Raw, state: str) -> Judgement:
        """A failure at each control whose text differs for certain."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            if frame["answer"]["judged"]:
                tally.passed(LABEL_IN_NAME)
            asked = 0
            for control in frame["answer"]["differing"]:
                text, name = control["text"], control["name"]
                match = match_field(text, name) if control["field"] else match_lines(control["lines"], name)
                if match is Match.DIFFERENT:
                    message = f"“{text}” is seen, but the name is “{name}”."
                    tally.at(LABEL_IN_NAME, Outcome.FAILED, message, frame, control["at"])
                elif match is Match.UNCLEAR and asked < MOST_QUESTIONS:
                    asked += 1
                    question = (
                        f"People see “{text}”, and the name is “{name}”. Do these say the same in the same words?"
                    )
                    tally.at(LABEL_IN_NAME, Outcome.NEEDS_REVIEW, question, frame, control["at"])
        return tally.judgement(probed["missed"])


def match_lines(lines: list[list[str]], name: str) -> Match:
    """How the texts seen on a control stand to its name. `lines`: for each line its texts, in order."""
    lines, name = [[readable(piece) for piece in line] for line in lines], readable(name)
    text = " ".join("".join(line) if len(line) == 1 else " ".join(line) for line in lines)
    if is_symbol(text) or contains(name, text) or contains(name, " ".join("".join(line) for line in lines)):
        return Match.CONTAINED
    pieces = [piece for line in lines for piece in line if any(map(str.isalpha, piece))]
    if pieces and all(contains(name, piece) or is_symbol(piece) for piece in pieces):
        return Match.CONTAINED  # each text is there: a number or a sign beside them is no label
    if len(lines) > 1 and any(contains(name, " ".join(line)) for line in lines if not is_symbol(" ".join(line))):
        return Match.CONTAINED  # a card whose name is its headline
    if abbreviates(text, name):
        return Match.CONTAINED
    if len(text.split()) > MUCH or shortens(text, name) or figures_in(text, name):
        return Match.UNCLEAR
    return Match.DIFFERENT


def match_field(label: str, name: str) -> Match:
    """How a field's label stands to a name that is given otherwise: a label may hold hints that no name needs."""
    if is_symbol(label) or contains(name, label):
        return Match.CONTAINED
    said = set(spaced(name)) | set(closed(name))
    return Match.CONTAINED if said & (set(spaced(label)) | set(closed(label))) else Match.DIFFERENT


def is_symbol(text: str) -> bool:
    """Whether it is a sign rather than words: no letter and no digit, or one alone, such as the “x” that closes."""
    return len("".join(spaced(text))) <= 1


def contains(name: str, text: str) -> bool:
    """Whether a name holds the words of a text, one after the other."""
    if NOT_SPACED.search(text):
        return "".join(spaced(text)) in "".join(spaced(name))
    if "&" in text or "+" in text:
        text, name = _without_joining(text), _without_joining(name)
    return _part_of(spaced(text), spaced(name)) or _part_of(closed(text), closed(name))


def spaced(text: str) -> list[str]:
    """Words, where punctuation ends a word: “non-standard” has two."""
    return APART.sub(" ", _folded(text)).split()


def closed(text: str) -> list[str]:
    """Words, where punctuation counts for nothing: “non-standard” has one."""
    return [word for part in _folded(text).split() if (word := APART.sub("", part))]


def abbreviates(text: str, name: str) -> bool:
    """Whether abbreviations with a full stop make the difference, or a text of capitals stands for a name."""
    parts = _folded(text).split()
    words = spaced(name)
    starts = [(APART.sub("", part), part.rstrip(",;:").endswith(".")) for part in parts]
    if any(dot for _, dot in starts) and _aligned(words, starts):
        return True
    capitals = re.fullmatch(r"[^\W\d_]{2,5}", text.strip()) and text.strip().isupper()
    initials = "".join(word[0] for word in words)
    return bool(capitals) and (text.strip().casefold() in initials or any(w.startswith(parts[0]) for w in words))


def shortens(text: str, name: str) -> bool:
    """Whether a word that is seen is the start of one in the name: “Info” in “Information”."""
    return _aligned(spaced(name), [(word, len(word) >= SHORTENED) for word in spaced(text)])


def figures_in(text: str, name: str) -> bool:
    """Whether nothing but figures is seen, and the name has them all in this order, with words between."""
    words = iter(spaced(name))
    return not any(map(str.isalpha, text)) and all(figure in words for figure in spaced(text))


def readable(text: str) -> str:
    """The text as it was meant, where a page does not tell its encoding and its UTF-8 is shown as windows-1252."""
    try:
        return b"".join(_byte(char) for char in text).decode("utf-8")
    except UnicodeError:
        return text


def _byte(char: str) -> bytes:
    # What windows-1252 has no sign for, browsers read as the control character of that number.
    return char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252")


def _aligned(words: list[str], starts: list[tuple[str, bool]]) -> bool:
    """Whether words follow each other that are these, or start with those that may be short."""
    wanted = [one for one in starts if one[0]]
    return bool(wanted) and any(
        all(
            word == seen or (short and word.startswith(seen))
            for word, (seen, short) in zip(words[at:], wanted, strict=False)
        )
        for at in range(len(words) - len(wanted) + 1)
    )


def _part_of(inner: list[str], outer: list[str]) -> bool:
    return any(outer[at : at + len(inner)] == inner for at in range(len(outer) - len(inner) + 1))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", BRACKETS.sub(" ", text).casefold())
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


def _without_joining(text: str) -> str:
    return " ".join(word for word in spaced(text) if word not in JOINING)
