"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import (
    block_check,
    block_edit,
    block_picks,
    block_steps,
    blocks,
    calendar_feed,
    calendars,
    year,
)

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    block_edit.router,  # these two before blocks, whose address takes anything after /rooms/blocks/
    calendars.router,
    blocks.router,
    block_steps.router,
    block_picks.router,
    block_check.router,
    calendar_feed.router,
)
