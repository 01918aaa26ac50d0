"""Frames with the same name and different content (4.1.2): who hears the name cannot tell them apart.

Frames that show the same address, or the same text, show the same. Two documents of one site are certainly different
where titles, words and the kinds of their elements have nothing in common; everything between is a person's question,
such as advertisements, which differ and serve one purpose.
"""

from collections import defaultdict
from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.content.common_words import COMMON_WORDS
from accessibility.engine.checks.content.tongues import WORD
from accessibility.engine.checks.found import Raw, Tally, run_in_frames, script_beside
from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

SAME_NAME = Rule(
    "frame-same-name",
    marked("Frames with the same name must show the same"),
    ("4.1.2",),
    Impact.MODERATE,
    Reach.PARTLY,
    "name-role-value",
    act=("4b1c6c",),
)
FEWEST_TO_COMPARE = 3  # the page and two frames
MOST_NAMED = 5  # addresses in one question
SAME_WORDS = 0.8  # of all words of two documents with one title: two states of the same
COMMON_KINDS = 0.5  # of the kinds of elements; two documents made alike may be two parts of one whole
SMALL_WORDS = frozenset().union(*COMMON_WORDS.values())


class SameFrameNameCheck(OwnCheck):
    """Looks for frames that have the same name and show different things."""

    name = "frame-names"
    own_rules = (SAME_NAME,)

    async def probe(self, page: LivePage) -> Any:
        """Per frame what it shows, and its visible iframes: `{shows, origin, inner: [{name, address, at}]}`."""
        if len(page.frames) + len(page.unreachable) < FEWEST_TO_COMPARE:
            return {"frames": [], "missed": []}
        return await run_in_frames(page, script_beside(__file__))

    def judge(self, probed: Raw, state: str) -> Judgement:
        """One finding for each name, at the first frame that shows something else than the first of that name."""
        tally = Tally(self.name, state)
        documents = {tuple(frame["path"]): frame["answer"] for frame in probed["frames"]}
        named: dict[str, list[tuple[Raw, Raw]]] = defaultdict(list)
        for frame in probed["frames"]:
            for inner in frame["answer"]["inner"]:
                inner["document"] = documents.get((*frame["path"], inner["at"]["selector"]))
                named[inner["name"].casefold()].append((frame, inner))
        for group in named.values():
            _compare(tally, group)
        return tally.judgement(probed["missed"])


def _compare(tally: Tally, group: list[tuple[Raw, Raw]]) -> None:
    (_, first), *others = group
    different = [(frame, inner) for frame, inner in others if not _same(first, inner)]
    if not different:
        if others:
            tally.passed(SAME_NAME)
        return
    for frame, inner in different:
        if _unlike(first, inner):
            shows, also = _title(first), _title(inner)
            message = f"Frames named “{inner['name']}” show different things: “{shows}” and “{also}”."
            steps = (
                f"Look for the frames that a screen reader calls “{inner['name']}”.",
                f"One shows the page “{shows}”, another the page “{also}”; their texts have no word in common.",
            )
            tally.at(SAME_NAME, Outcome.FAILED, message, frame, inner["at"], steps=steps)
            return
    frame, inner = different[0]
    addresses = list(dict.fromkeys(one["address"] for _, one in group))[:MOST_NAMED]
    question = f"Frames named “{inner['name']}” show {', '.join(addresses)}. Do they show people the same?"
    tally.at(SAME_NAME, Outcome.NEEDS_REVIEW, question, frame, inner["at"])


def _same(first: Raw, second: Raw) -> bool:
    if (first["address"], first["srcdoc"]) == (second["address"], second["srcdoc"]):
        return True
    if not first["document"] or not second["document"]:
        return False
    one, other = _words(first), _words(second)
    return _title(first) == _title(second) and bool(one) and len(one & other) >= SAME_WORDS * len(one | other)


def _unlike(first: Raw, second: Raw) -> bool:
    """Whether two loaded documents of one origin have nothing in common."""
    if not first["document"] or not second["document"] or first["document"]["origin"] != second["document"]["origin"]:
        return False
    one, other = _words(first), _words(second)
    kinds, others = (set(inner["document"]["shows"]["kinds"]) - {"body"} for inner in (first, second))
    titles = _title(first), _title(second)
    return (
        all(titles)
        and titles[0] != titles[1]
        and bool(one)
        and bool(other)
        and not one & other
        and len(kinds & others) < COMMON_KINDS * len(kinds | others)
    )


def _title(inner: Raw) -> str:
    return " ".join(str(inner["document"]["shows"]["title"]).split())


def _words(inner: Raw) -> frozenset[str]:
    return frozenset(WORD.findall(inner["document"]["shows"]["text"].casefold())) - SMALL_WORDS
