"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import dependencies, milestones, package_edit, package_one, packages, papers

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    package_edit.router,
    milestones.router,
    dependencies.router,
    papers.router,
    package_one.router,
)
