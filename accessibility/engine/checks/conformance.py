"""Which criterion is checked how far, and by what: a page of the docs, printed by running this module."""

from collections import defaultdict

from accessibility.engine.axe_script import axe_criteria
from accessibility.engine.checks import every_check
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.wcag import CRITERIA, Criterion

HEAD = """# Which criterion is checked how far

Made by `python -m accessibility.engine.checks.conformance`; a test sees to it that this page is up to date.

- **Fully**: whatever of the criterion a check does not report is no failure of it.
- **Partly**: some failures are known for certain, others need a person.
- **By review question**: a check finds where a person has to decide, and asks.
- **By a person only**: nothing looks for it; an evaluation has to.

Checks marked ° run in deep audits only.

| Criterion | Level | Checked | Rules of our own, by check | Rules of axe-core |
|---|---|---|---|---|
"""
WORDS = {Reach.FULLY: "fully", Reach.PARTLY: "partly", Reach.ASKS: "by review question"}
BY_A_PERSON = "by a person only"
ORDER = (Reach.FULLY, Reach.PARTLY, Reach.ASKS)


def table() -> str:
    """The whole page, in Markdown."""
    of_axe = axe_criteria()
    return HEAD + "".join(f"{_row(criterion, of_axe)}\n" for criterion in CRITERIA)


def _row(criterion: Criterion, of_axe: dict[str, tuple[str, ...]]) -> str:
    axe = [f"`{rule}`" for rule, criteria in sorted(of_axe.items()) if criterion.number in criteria]
    reaches = {Reach.PARTLY} if axe else set()
    own: dict[str, list[str]] = defaultdict(list)
    for check in every_check():
        for rule in check.own_rules:
            if criterion.number in rule.criteria:
                reaches.add(_reach(rule, criterion))
                own[check.name + ("°" if check.profile is Profile.DEEP else "")].append(f"`{rule.id}`")
    reach = WORDS[min(reaches, key=ORDER.index)] if reaches else BY_A_PERSON
    listed = "; ".join(f"{check}: {', '.join(rules)}" for check, rules in own.items())
    cells = (f"{criterion.number} {criterion.name}", criterion.level, reach, listed or "–", ", ".join(axe) or "–")
    return f"| {' | '.join(cells)} |"


def _reach(rule: Rule, criterion: Criterion) -> Reach:
    """A rule decides the first of its criteria; of the others it knows a part at most."""
    return rule.reach if criterion.number == rule.criteria[0] else max(rule.reach, Reach.PARTLY, key=ORDER.index)


if __name__ == "__main__":
    print(table(), end="")
