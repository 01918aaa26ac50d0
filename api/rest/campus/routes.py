"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

from api.rest.campus import forecasts

ROUTERS: tuple[APIRouter, ...] = (forecasts.router,)
