"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import closure, closure_confirm, closure_rule, closures, packages, scenarios

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    closures.router,
    scenarios.router,
    closure.router,
    closure_confirm.router,
    closure_rule.router,
)
