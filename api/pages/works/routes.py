"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import discrepancies, facts, fund, fund_entries, funds, packages

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    funds.router,
    discrepancies.router,
    facts.router,
    fund_entries.router,
    fund.router,
)
