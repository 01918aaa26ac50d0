"""HTML for people. A page's router is made by `page_router`, so that no form of it can be forged."""

from fastapi import APIRouter, Depends

from api import csrf


def page_router() -> APIRouter:
    """A router whose unsafe requests must carry the form's token, and which the REST description leaves out."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(csrf.protect)])
