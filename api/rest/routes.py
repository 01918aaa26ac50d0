"""Every router of the REST interface, in the order of its description."""

from fastapi import APIRouter

from api.rest import (
    audits,
    baselines,
    gates,
    jobs,
    last_night,
    people,
    platforms,
    rechecks,
    review,
    scores,
    sections,
    shared,
    state,
    ticket_parts,
    tickets,
)
from api.rest.campus import routes as campus
from api.rest.feedback import routes as feedback
from api.rest.results import routes as results
from api.rest.works import routes as works

ROUTERS: tuple[APIRouter, ...] = (
    last_night.router,
    platforms.router,
    audits.router,
    rechecks.router,
    scores.router,
    sections.router,
    gates.router,
    baselines.router,
    tickets.router,
    ticket_parts.router,
    shared.router,
    review.router,
    jobs.router,
    state.router,
    people.router,
    *campus.ROUTERS,
    *works.ROUTERS,
    *feedback.ROUTERS,
    *results.ROUTERS,
)
