"""Completes the description of the REST interface: which problems an operation answers with, and how one signs in.

FastAPI derives operations, parameters and bodies from the routes. What holds for all of them is written here once.
"""

from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "A problem document (RFC 9457). `errors` names the wrong places of the request.",
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["place", "detail"],
                "properties": {"place": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
MEANINGS = {
    "400": "The request cannot be read.",
    "401": "Without a token, or with one that is unknown, revoked or expired.",
    "403": "The token or its person may not do this.",
    "404": "There is no such thing, or not for this token.",
    "408": "The body did not arrive in time.",
    "409": "Its state does not allow this, or somebody changed it meanwhile.",
    "412": "`If-Match` is not its present ETag: get it again, then change that.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "Part of the request is wrong: `errors` names it.",
    "428": "`If-Match` is missing.",
    "503": "The service or its database is not ready. Try again later.",
}
ALWAYS = ("400", "401", "403", "408", "413", "415", "422", "503")
UNUSED = ("HTTPValidationError", "ValidationError")


def complete(schema: dict[str, Any]) -> dict[str, Any]:
    """The same description, completed in place."""
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name in UNUSED:
        schemas.pop(name, None)
    components["responses"] = {f"Problem{status}": _problem(text) for status, text in MEANINGS.items()}
    schema["security"] = [{"token": []}]
    for path, methods in schema["paths"].items():
        for method in methods.keys() & set(METHODS):
            _complete(path, method, methods[method])
    return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    parameters = operation.get("parameters", [])
    names = {one["name"].lower() for one in parameters}
    statuses = set(ALWAYS)
    if "{" in path or path.endswith("/latest") or "platform" in names:
        statuses.add("404")
    if method != "get":
        statuses.add("409")
    if "if-match" in names:
        statuses.update(("412", "428"))
    for status in sorted(statuses):
        operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    for one in parameters:
        if one["name"].lower() == "if-match":
            one["required"] = method != "put"  # which also adds
            one["description"] = "The ETag of what is changed."


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}
