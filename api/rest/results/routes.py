"""Every router of the results, in the order of the description."""

from fastapi import APIRouter

from api.rest.results import files, indicators, values

ROUTERS: tuple[APIRouter, ...] = (files.router, indicators.router, values.router)
