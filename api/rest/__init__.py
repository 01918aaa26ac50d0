"""JSON for machines: errors are problem documents, changes need `If-Match`, lists come in pages with `Link`."""

PREFIX = "/api/v1"
