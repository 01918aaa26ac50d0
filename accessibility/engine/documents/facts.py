"""What is known of one document, whatever its format: plain data, made by the readers, judged by the checks."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["pdf", "docx", "pptx"]

MOST_NAMED = 20  # places that are named of each problem; the number of all is kept beside them
LONGEST_NAME = 120


class Unreadable(Exception):
    """The file cannot be read; the text says why."""


@dataclass
class Places:
    """Where something was met: `count` times, the first few of which are named, such as "page 3"."""

    count: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Once more, there."""
        self.count += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(" ".join(name.split())[:LONGEST_NAME])


@dataclass
class DocumentFacts:
    """What a reader has found. `pages` counts pages or slides (0: not known), of which `looked_at` were looked at.

    `tagged` and `title_shown` are None for formats that know no such thing. `headings` are levels in the order of
    reading. `words` counts those that the reader met, 0 where there is no text.
    """

    kind: Kind
    pages: int = 0
    looked_at: int = 0
    tagged: bool | None = None
    title: str = ""
    title_shown: bool | None = None
    language: str = ""
    words: int = 0
    headings: list[int] = field(default_factory=list)
    bookmarks: bool | None = None
    figures: int = 0
    figures_without_text: Places = field(default_factory=Places)
    tables: int = 0
    tables_without_headers: Places = field(default_factory=Places)
    fields: int = 0
    fields_without_name: Places = field(default_factory=Places)
    scanned: Places = field(default_factory=Places)  # pages that are a picture, without text
    untagged: Places = field(default_factory=Places)  # pages of a tagged document whose text is in no tag
    other_order: Places = field(default_factory=Places)  # pages that are read in another order than they are written
    links_without_tag: Places = field(default_factory=Places)
    untitled: Places = field(default_factory=Places)  # slides without a title
    looks_like_heading: Places = field(default_factory=Places)  # bold lines of their own that are no headings
