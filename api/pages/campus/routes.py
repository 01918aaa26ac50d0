"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import capacity, prints, targets, year

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    capacity.router,
    prints.router,
    targets.router,
)
