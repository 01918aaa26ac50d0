"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import counts, counts_months, counts_night, today, year

ROUTERS: tuple[APIRouter, ...] = (
    today.router,
    year.router,
    counts.router,
    counts_months.router,  # before a night's address, which could be “months”
    counts_night.router,
)
