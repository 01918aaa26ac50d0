"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import places, places_events, places_lists, places_rooms, places_spaces, year

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    places.router,
    places_rooms.router,
    places_lists.router,
    places_spaces.router,
    places_events.router,
)
