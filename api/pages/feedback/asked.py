"""Which closed quarter, and which group of guests, a page of figures is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session

from api import figure_words as words
from campus.feedback.figures import queries, rules
from campus.feedback.figures.names import Names, names
from campus.feedback.figures.reading import Figure, figures
from campus.feedback.quarters import Quarter, checked_quarter
from core.errors import NotFound
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed quarter with the others, the newest first; a group of guests; and what everything is called."""

    quarter: Quarter
    quarters: list[Quarter]
    names: Names
    dimension: str = rules.ALL
    thing: str = ""

    @property
    def before(self) -> Quarter | None:
        """The closed quarter before it, which it is compared with."""
        return next((one for one in self.quarters if one < self.quarter), None)

    @property
    def group_name(self) -> str:
        """What the group is called."""
        return group_name(self.names, self.dimension, self.thing)

    @property
    def group(self) -> str:
        """As addresses write it: `pavilion:north`; empty for all guests."""
        return f"{self.dimension}:{self.thing}" if self.thing else ""

    @property
    def query(self) -> str:
        """The parameters by which other pages tell of the same."""
        told = {"quarter": str(self.quarter)} if self.quarter != self.quarters[0] else {}
        told |= {"group": self.group} if self.group else {}
        return f"?{urlencode(told)}" if told else ""

    def choices(self) -> list[tuple[str, str]]:
        """The closed quarters for a list to choose from."""
        return [(str(one), words.quarter(one)) for one in self.quarters]


def asked(request: Request, session: Session) -> Asked | None:
    """What an address asks for; None before the first quarter is closed. Raises `NotFound`, `InvalidInput`."""
    quarters = queries.closed_quarters(session)
    if not quarters:
        return None
    params = request.query_params
    quarter = checked_quarter(params["quarter"]) if params.get("quarter") else quarters[0]
    if quarter not in quarters:
        raise NotFound(_("%(quarter)s is not closed: it has no figures.", quarter=words.quarter(quarter)))
    dimension, _colon, thing = params.get("group", "").partition(":")
    if thing and dimension not in rules.DIMENSIONS:
        raise NotFound(_("There is no such group of guests."))
    return Asked(quarter, quarters, names(session), dimension if thing else rules.ALL, thing)


def must_be_asked(request: Request, session: Session) -> Asked:
    """The same where there must be a closed quarter. Raises `NotFound`."""
    found = asked(request, session)
    if found is None:
        raise NotFound(_("No quarter is closed yet."))
    return found


def group_name(known: Names, dimension: str, thing: str) -> str:
    """What a group of guests is called."""
    return known.thing(dimension, thing) if thing else str(words.DIMENSIONS[rules.ALL])


def things(session: Session, quarter: Quarter, dimension: str) -> Mapping[str, list[Figure]]:
    """The figures of every group of one dimension in a quarter, by group."""
    found: dict[str, list[Figure]] = {}
    for one in figures(session, quarter, dimension):
        found.setdefault(one.thing, []).append(one)
    return found
