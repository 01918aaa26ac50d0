"""What was learned of one page in all its states, put together as the result of its row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accessibility.engine.checks.check import Judgement
from accessibility.engine.crawl.requests import Watch
from accessibility.engine.finding import Impact, RuleResult
from accessibility.engine.finding import Outcome as FindingOutcome
from accessibility.engine.page import PageFacts, PageParts, Reason, RowResult, RowState

DOWNLOAD = "download:"  # before a link that its page offers for download
MOST_BLOCKED = 3  # named in the detail


@dataclass(slots=True)
class Outcome:
    """What the checks have said so far, the states that were looked at in full, and why others were not."""

    judgements: list[Judgement] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    partly: list[tuple[Reason, str]] = field(default_factory=list)
    crops: dict[str, bytes] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)  # names of checks
    blocked: list[str] = field(default_factory=list)  # requests to the platform that were not let through
    blocked_elsewhere: int = 0
    left_scope: str = ""

    def add(self, check: str, judgement: Judgement) -> None:
        """What a check said."""
        self.ran.add(check)
        self.judgements.append(judgement)

    def not_done(self, check: str, problem: str) -> None:
        """A check came to no end here: its silence proves nothing."""
        self.partly.append((Reason.CHECK_FAILED, f"{check}: {problem}"))

    def looked_at(self, state: str, missed_frames: Iterable[str]) -> None:
        """All checks have looked at one state of the page, but not into these frames."""
        missed = sorted(set(missed_frames))
        self.partly += [(Reason.FRAME_NOT_AUDITED, address) for address in missed]
        if not missed:
            self.states.append(state)

    def keep(self, watch: Watch) -> None:
        """What the gate saw until now; what the page does when it is loaded afresh is no news."""
        self.blocked, self.left_scope = sorted(set(watch.blocked)), watch.left_scope
        self.blocked_elsewhere = watch.blocked_elsewhere

    def result(self, facts: PageFacts) -> RowResult:
        """The row's result; of several reasons for being partly audited, the first."""
        partly = list(self.partly)
        if self.blocked:
            partly.insert(0, (Reason.REQUEST_BLOCKED, ", ".join(self.blocked[:MOST_BLOCKED])))
        if self.left_scope:  # after it had been calm; before that it counts as a redirect
            partly.append((Reason.OUT_OF_SCOPE, self.left_scope))
        reason, detail = partly[0] if partly else (None, "")
        return RowResult(
            RowState.PARTLY if partly else RowState.AUDITED,
            reason,
            detail[:300],
            facts,
            tuple(finding for judgement in self.judgements for finding in judgement.findings),
            tuple(self._rules()),
            tuple(self.states),
            self.crops,
            self.blocked_elsewhere,
        )

    def _rules(self) -> Iterator[RuleResult]:
        """What rules said; of a check that had nothing to judge, that it ran."""
        silent = set(self.ran)
        for judgement in self.judgements:
            for result in judgement.rules:
                silent.discard(result.check)
                yield result
        for check in sorted(silent):
            yield RuleResult(check, "", Impact.MINOR, FindingOutcome.NOT_APPLICABLE)


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
        parts=PageParts.from_json(facts["parts"]),
    )
