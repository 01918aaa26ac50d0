"""Markdown for a comment on a pull request: the verdict, what is new, what could not be seen. Short on purpose.

Everything that comes from a page is hostile: it stands in code spans, or with every sign of Markdown escaped.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from accessibility.engine.gate import Verdict
from accessibility.engine.page import Row
from accessibility.engine.problems import Problem
from accessibility.engine.reports.run import Run, said_of
from accessibility.engine.reports.told import Group, element, figures, groups, heading, headline, rows_left
from accessibility.engine.wcag import title

SHOWN = 25  # problems of a group, and pages: a comment on GitHub holds 65,536 characters
LONGEST = 160  # characters of a text from outside
SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&:=^])")
MENTION = re.compile(r"@")
URI_CHARACTERS = "!#$%&'*+,/:;=?@~"


def markdown(run: Run, verdict: Verdict | None = None) -> str:
    """The whole comment as text."""
    lines = [f"## {headline(run, verdict)}", "", f"Accessibility of {_span(run.platform)}, WCAG 2.1 A and AA.", ""]
    lines += [f"- {_text(reason)}" for reason in (verdict.reasons if verdict else ())]
    for group in groups(run, verdict):
        lines += ["", *_group(group)]
    if rows := rows_left(run):
        lines += ["", *_rows(rows)]
    lines += ["", "| Figure | Value |", "|---|---|"]
    lines += [f"| {name} | {_text(value)} |" for name, value in figures(run)]
    return "\n".join(lines) + "\n"


def _group(group: Group) -> Iterator[str]:
    """Those that decide are open; the others are folded, so that the comment shows what matters."""
    if group.accepted:
        yield f"<details><summary>{group.title}: {len(group.problems)} ({group.accepted})</summary>"
    else:
        yield f"### {group.title}: {len(group.problems)}"
    yield ""
    yield "| Impact | Problem | Pages | Example |"
    yield "|---|---|--:|---|"
    for problem in group.problems[:SHOWN]:
        yield _problem(problem)
    if len(group.problems) > SHOWN:
        yield f"\n… and {len(group.problems) - SHOWN} more"
    if group.accepted:
        yield ""
        yield "</details>"


def _problem(problem: Problem) -> str:
    criteria = "<br>".join(_text(title(number)) for number in problem.criteria)
    what = f"{_text(heading(problem))}<br>{criteria}" if criteria else _text(heading(problem))
    example = f"{_address(problem.pages[0])}<br>{_span(element(problem))}"
    return f"| {problem.impact.value} | {what} | {len(problem.pages)} | {example} |"


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    yield f"<details><summary>Not audited in full: {len(rows)}</summary>"
    yield ""
    yield "| Page | Reason | Role, window |"
    yield "|---|---|---|"
    for row in rows[:SHOWN]:
        page, reason = said_of(row)
        where = _text(f"{row.key.role}, {row.key.viewport}")
        yield f"| {_address(row.key.url)} | {page}: {_text(reason or '')} | {where} |"
    if len(rows) > SHOWN:
        yield f"\n… and {len(rows) - SHOWN} more"
    yield ""
    yield "</details>"


def _text(text: str) -> str:
    """Words in which nothing is Markdown, HTML, a link, or the name of somebody who would be told."""
    return MENTION.sub("@\N{WORD JOINER}", SIGNS.sub(r"\\\1", _bounded(text)))


def _span(text: str) -> str:
    """Text in a code span that it cannot end; in a table, a bar would end the cell."""
    return f"`{_bounded(text).replace('`', 'ˋ').replace('|', '¦')}`"


def _address(url: str) -> str:
    """An address that is a link and nothing else."""
    return f"<{quote(url, safe=URI_CHARACTERS, errors='replace')}>"


def _bounded(text: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
