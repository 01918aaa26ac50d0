"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import (
    baselines,
    dependencies,
    milestone_report,
    milestones,
    package_edit,
    package_one,
    package_report,
    packages,
    papers,
    plan,
    trend,
)

ROUTERS: tuple[APIRouter, ...] = (
    *(packages.router, package_edit.router, milestones.router, dependencies.router, papers.router),
    *(plan.router, trend.router, baselines.router, package_report.router, milestone_report.router),
    package_one.router,
)
