"""Every page of the works. Where two routes could take an address, the one with fixed words comes first."""

from fastapi import APIRouter

from api.pages.works import (
    budgets,
    commitment_forms,
    commitments,
    funding,
    funding_forms,
    package_money,
    packages,
    reimbursement_forms,
    reimbursements,
)

MONEY: tuple[APIRouter, ...] = (
    commitment_forms.router,
    commitments.router,
    reimbursement_forms.router,
    reimbursements.router,
    funding_forms.router,
    funding.router,
    package_money.router,
    budgets.router,
)
ROUTERS: tuple[APIRouter, ...] = (packages.router, *MONEY)
