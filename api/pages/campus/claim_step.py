"""What the steps of a claim have in common: a form that knows its version, and the page around it."""

from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import claim_words
from api.forms import Entered
from api.pages.campus.claims import LIST
from api.rendering import render
from campus.occupancy.claim_list import ClaimLine, lines_of
from campus.occupancy.models import Claim


def line_of(session: Session, claim: Claim) -> ClaimLine:
    """A claim with what its numbers stand for."""
    return lines_of(session, [claim])[claim.id]


def started(claim: Claim, *more: dict[str, str]) -> Entered:
    """A form that begins with what is, and knows which version that was."""
    start: dict[str, str | list[str]] = {"version": str(claim.id)}
    for one in more:
        start |= one
    return Entered(start=start)


def step_page(
    request: Request, session: Session, claim: Claim, entered: Entered, template: str, **context: Any
) -> Response:
    """The claim as it is, and the form of the template."""
    line = line_of(session, claim)
    back = f"{LIST}/{claim.number}"
    return render(request, template, line=line, back=back, entered=entered, words=claim_words, **context)
