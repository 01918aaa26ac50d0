"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import (
    closures,
    commitments,
    costs,
    dependencies,
    energy,
    facts,
    fund_entries,
    funding,
    funds,
    milestones,
    package_money,
    packages,
    papers,
    plan,
    reimbursements,
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
    *(
        funding.router,
        package_money.router,
        commitments.router,
        reimbursements.router,
    ),
    *(energy.router,),
    *(
        facts.router,
        fund_entries.router,
        funds.router,
    ),
    *(costs.router,),
)
