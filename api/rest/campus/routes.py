"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

from api.rest.campus import (
    block_rooms,
    blocks,
    capacity,
    claim_steps,
    claims,
    counts,
    forecasts,
    imports,
    months,
    places,
    places_demand,
    places_events,
    places_rooms,
    places_spaces,
    requests,
    targets,
)

ROUTERS: tuple[APIRouter, ...] = (
    *(capacity.router, targets.router, forecasts.router),
    *(claims.router, claim_steps.router, blocks.router, block_rooms.router),
    *(counts.router, months.router),
    requests.router,
    *(places.router, places_rooms.router, places_spaces.router, places_demand.router, places_events.router),
    imports.router,
)
