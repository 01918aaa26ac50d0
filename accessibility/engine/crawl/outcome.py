"""What was learned of one page in all its states, put together as the result of its row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from accessibility.engine.checks.check import Judgement
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.page import PageFacts, Reason, RowResult, RowState

DOWNLOAD = "download:"  # before a link that its page offers for download
MOST_BLOCKED = 3  # named in the detail


@dataclass(slots=True)
class Outcome:
    """What the checks have said so far, the states that were looked at in full, and why others were not."""

    judgements: list[Judgement] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    partly: list[tuple[Reason, str]] = field(default_factory=list)
    crops: dict[str, bytes] = field(default_factory=dict)

    def looked_at(self, state: str, missed_frames: Iterable[str]) -> None:
        """All checks have looked at one state of the page, but not into these frames."""
        missed = sorted(set(missed_frames))
        self.partly += [(Reason.FRAME_NOT_AUDITED, address) for address in missed]
        if not missed:
            self.states.append(state)

    def result(self, watch: Watch, facts: PageFacts) -> RowResult:
        """The row's result; of several reasons for being partly audited, the first."""
        partly = list(self.partly)
        if watch.blocked:
            partly.insert(0, (Reason.REQUEST_BLOCKED, ", ".join(sorted(set(watch.blocked))[:MOST_BLOCKED])))
        if watch.left_scope:  # after it had been calm; before that it counts as a redirect
            partly.append((Reason.OUT_OF_SCOPE, watch.left_scope))
        reason, detail = partly[0] if partly else (None, "")
        return RowResult(
            RowState.PARTLY if partly else RowState.AUDITED,
            reason,
            detail[:300],
            facts,
            tuple(finding for judgement in self.judgements for finding in judgement.findings),
            tuple(rule for judgement in self.judgements for rule in judgement.rules),
            tuple(self.states),
            self.crops,
            watch.blocked_elsewhere,
        )


def page_facts(facts: dict[str, Any], status: int, seconds: float) -> PageFacts:
    """What is kept of the facts that `page_script.js` tells."""
    links = [str(link) for link in facts["links"]]
    return PageFacts(
        final_url=str(facts["url"]),
        status=status,
        title=str(facts["title"])[:500],
        lang=str(facts["lang"])[:35],
        canonical=str(facts["canonical"]),
        links=tuple(link for link in links if not link.startswith(DOWNLOAD)),
        documents=tuple(link.removeprefix(DOWNLOAD) for link in links if link.startswith(DOWNLOAD)),
        template=str(facts["template"]),
        content=str(facts["content"]),
        seconds=round(seconds, 3),
    )
