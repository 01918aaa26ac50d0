"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import chart, claim_details, claim_ends, claim_new, claim_steps, claims, year

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    chart.router,
    claim_new.router,
    claims.router,
    claim_steps.router,
    claim_details.router,
    claim_ends.router,
)
