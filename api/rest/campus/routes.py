"""Every router of the campus's books, in the order of the description."""

from fastapi import APIRouter

from api.rest.campus import block_rooms, blocks

ROUTERS: tuple[APIRouter, ...] = (blocks.router, block_rooms.router)
