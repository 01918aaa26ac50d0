"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import packages, plan

ROUTERS: tuple[APIRouter, ...] = (packages.router, plan.router)
