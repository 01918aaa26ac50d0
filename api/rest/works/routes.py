"""Every router of the works, in the order of the description. Fixed words of an address come before names."""

from fastapi import APIRouter

from api.rest.works import facts, fund_entries, funds, packages

ROUTERS: tuple[APIRouter, ...] = (packages.router, facts.router, fund_entries.router, funds.router)
