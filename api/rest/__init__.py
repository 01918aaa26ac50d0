"""JSON for machines: errors are problem documents, changes need `If-Match`, lists come in pages with `Link`."""

from fastapi import APIRouter

from api.rest.strict import STRICT

PREFIX = "/api/v1"


def rest_router(tag: str, prefix: str = "") -> APIRouter:
    """A router of the REST interface, under this heading of its description."""
    return APIRouter(
        prefix=PREFIX + prefix,
        tags=[tag],
        dependencies=STRICT,
        generate_unique_id_function=lambda route: route.name,
    )
