"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import dependencies, milestones, packages, papers, plan

ROUTERS: tuple[APIRouter, ...] = (packages.router, milestones.router, dependencies.router, papers.router, plan.router)
