"""All checks in one table, a page of the docs, printed by running this module: what each looks for, where and when."""

import inspect

from accessibility.engine.checks import PAGE_CHECKS, PLATFORM_CHECKS, every_check
from accessibility.engine.checks.check import Check
from accessibility.engine.crawl.fresh import Conditions

ACT_RULES = "https://www.w3.org/WAI/standards-guidelines/act/rules/"
HEAD = """# All checks

Made by `python -m accessibility.engine.checks.list_of_checks`; a test sees to it that this page is up to date.
A name is what `--checks` takes; a rule is what a finding names. What a result means, and what the profiles are, is told
in [checks.md](checks.md).

- **In place**: on the page as it stands, which is left as it was.
- **Afresh**: on a load of the page for this check alone; *sealed*: nothing leaves the browser meanwhile.
- **All pages**: over what is stored of them, once an audit has seen all. **Documents**: on each file.
- **At most**: what a check is given for a page, loads aside. What comes to no end in it counts as not done.

| Check | What it does | Rules | Criteria | Profile | Works | At most | ACT rules |
|---|---|---|---|---|---|---|---|
"""
NONE = "–"


def table() -> str:
    """The whole page, in Markdown."""
    return HEAD + "".join(f"{_row(check)}\n" for check in every_check())


def _row(check: Check) -> str:
    rules = check.own_rules
    criteria = dict.fromkeys(number for rule in rules for number in rule.criteria)
    act = dict.fromkeys(one for rule in rules for one in rule.act)
    where, seconds = _works(check)
    cells = (
        f"`{check.name}`",
        purpose(check),
        ", ".join(f"`{rule.id}`" for rule in rules) or "those of axe-core",
        ", ".join(sorted(criteria, key=_numbers)) or "see [conformance.md](conformance.md)",
        str(check.profile),
        where,
        seconds,
        ", ".join(f"[{one}]({ACT_RULES}{one}/)" for one in act) or NONE,
    )
    return f"| {' | '.join(cells)} |"


def purpose(check: Check) -> str:
    """What it does in a sentence: the first of its class's docstring."""
    return " ".join((inspect.getdoc(type(check)) or "").partition("\n\n")[0].split())


def _numbers(criterion: str) -> list[int]:
    return [int(part) for part in criterion.split(".")]


def _works(check: Check) -> tuple[str, str]:
    """Where it works, and its bound in time."""
    for one in PAGE_CHECKS:
        if one is check:
            return _under(one.conditions) if one.conditions else "in place", f"{one.seconds:g} s"
    return "all pages" if check in PLATFORM_CHECKS else "documents", NONE


def _under(conditions: Conditions) -> str:
    told = ["afresh"]
    if conditions.width:
        told.append(f"{conditions.width} × {conditions.height}")
    if conditions.motion:
        told.append("with motion")
    if conditions.sealed:
        told.append("sealed")
    return ", ".join(told)


if __name__ == "__main__":
    print(table(), end="")
