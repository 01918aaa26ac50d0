"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import baselines, milestone_report, package_report, packages, plan, trend

ROUTERS: tuple[APIRouter, ...] = (
    packages.router,
    plan.router,
    trend.router,
    baselines.router,
    package_report.router,
    milestone_report.router,
)
