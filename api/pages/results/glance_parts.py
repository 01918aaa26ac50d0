"""What the parts of the overview are made of."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campus.capacity.report import Moment


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the address of the page that it comes from. `tag` is a kind with its shape, beside the value."""

    name: str
    value: str
    address: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the overview: a sentence, and its figures. Without figures `said` tells what would stand there."""

    name: str
    title: str
    said: str
    figures: tuple[Figure, ...] = ()
    page: str = ""


PartOf = Callable[[Session, Moment], Part]


def as_of(moment: Moment) -> str:
    """The parameter by which pages tell of the same past day; nothing for now."""
    return f"?as_of={moment.on.isoformat()}" if moment.at else ""
