"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

from api.rest.campus import claim_steps, claims

ROUTERS: tuple[APIRouter, ...] = (claims.router, claim_steps.router)
