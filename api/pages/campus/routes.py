"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import year

ROUTERS: tuple[APIRouter, ...] = (year.router,)
