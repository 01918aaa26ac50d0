"""Every page of the campus's books."""

from fastapi import APIRouter

from api.pages.campus import tables, tables_import, tables_import_end, tables_running, year

ROUTERS: tuple[APIRouter, ...] = (
    year.router,
    tables.router,
    tables_import.router,
    tables_import_end.router,
    tables_running.router,
)
