"""What a check says of an element, as a heading and a detail, each with the language it is in.

The words of checks are English, as of the night they were seen; in another language the heading is the rule's own.
"""

from dataclasses import dataclass
from typing import Any

from accessibility.engine.rule_titles import rule_title
from api.accessibility_words import headline
from core.i18n import SOURCE, language


@dataclass(frozen=True, slots=True)
class Said:
    """A text in `language`, which need not be that of the page: `parts.said` marks it so."""

    text: str
    language: str = SOURCE

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def said(rule: str, message: str) -> tuple[Said, Said]:
    """Heading and detail of a finding's message."""
    english, rest = headline(message)
    title = rule_title(rule)
    if not title:
        return Said(english), Said(rest)
    return Said(title, language()), Said(rest or message)


def said_of(finding: dict[str, Any]) -> tuple[Said, Said]:
    """Heading and detail of a stored finding."""
    return said(str(finding.get("rule", "")), str(finding.get("message", "")))
