"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import planned, report, request_new, request_one, request_steps, requests, room_codes, year

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    requests.router,
    request_new.router,
    planned.router,
    room_codes.router,
    request_one.router,  # after those whose last part is a word
    request_steps.router,
    report.router,
)
