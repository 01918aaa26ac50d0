"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

from api.rest.campus import places, places_demand, places_events, places_rooms, places_spaces

ROUTERS: tuple[APIRouter, ...] = (
    places.router,
    places_rooms.router,
    places_spaces.router,
    places_demand.router,
    places_events.router,
)
