"""Every page of the results. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.results import indicator, indicator_edit, indicators, overview, report, values

ROUTERS: tuple[APIRouter, ...] = (
    indicators.router,
    overview.router,
    report.router,
    indicator_edit.router,
    values.router,
    indicator.router,
)
