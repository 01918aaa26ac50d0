"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import closures, packages, scenarios

ROUTERS: tuple[APIRouter, ...] = (packages.router, closures.router, scenarios.router)
