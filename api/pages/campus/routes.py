"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import forecast, materialisation, pace, pickup, year

ROUTERS: tuple[APIRouter, ...] = (year.router, forecast.router, pickup.router, pace.router, materialisation.router)
