"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import (
    closures,
    dependencies,
    energy,
    milestones,
    packages,
    papers,
    plan,
    scenarios,
)

ROUTERS: tuple[APIRouter, ...] = (
    *(
        packages.router,
        milestones.router,
        dependencies.router,
        papers.router,
    ),
    *(plan.router,),
    *(
        closures.router,
        scenarios.router,
    ),
    *(energy.router,),
)
