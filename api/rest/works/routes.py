"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import costs, packages

ROUTERS: tuple[APIRouter, ...] = (packages.router, costs.router)
