"""Every router of the works, in the order of the description."""

from fastapi import APIRouter

from api.rest.works import commitments, funding, package_money, packages, reimbursements

MONEY: tuple[APIRouter, ...] = (funding.router, package_money.router, commitments.router, reimbursements.router)
ROUTERS: tuple[APIRouter, ...] = (packages.router, *MONEY)
