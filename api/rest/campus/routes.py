"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
