"""What sections of the board report are made of. The same parts become a page and a tagged PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from sqlalchemy.orm import Session

from campus.capacity.report import Moment


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a `lead` says what the section is about in one sentence."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A few figures with their names."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """How something stands: the kind that has the shape and colour, and the word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a document or a person wrote, in the language it was written in."""

    quoted: str


Cell = str | Tag | Quoted


class Draw(Protocol):
    """Makes an SVG in the language that is spoken."""

    def __call__(self, *, narrow: bool) -> str: ...


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of a row is its heading; `numbers` are the columns that hold numbers, from 0."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; `words` say what it shows to who does not see it, `title` stands over it where there are several.

    `draw` makes the SVG, for a wide window, or a narrow one: only once it is shown, and so outside of transactions.
    """

    draw: Draw
    words: str
    title: str = ""

    @property
    def address(self) -> str:
        """The picture itself as an address, so that nothing has to be fetched."""
        return _address(self.draw(narrow=False))

    @property
    def narrow_address(self) -> str:
        """The same for phones."""
        return _address(self.draw(narrow=True))


Block = Text | Facts | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter. `name` is its anchor, `page` the address of the page that has more of it."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    page: str = ""


SectionOf = Callable[[Session, Moment], Section | None]
"""Makes a section as known at a moment; None where there is nothing to tell yet."""


def _address(svg: str) -> str:
    return f"data:image/svg+xml;charset=utf-8,{quote(svg)}"
