"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import cost_entries, cost_lines, costs, packages

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    *(costs.router, cost_entries.router, cost_lines.router),
)
