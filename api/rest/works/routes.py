"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import energy, packages

ROUTERS: tuple[APIRouter, ...] = (packages.router, energy.router)
