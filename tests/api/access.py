"""Who may use each route, written down a second time: a route that is missing here fails the tests.

A page names the roles that may use it (administrators may use all), or PUBLIC or SIGNED_IN. A REST route names the
scope that it asks for.
"""

PUBLIC = ("public",)
SIGNED_IN = ("viewer", "facilities", "quality", "accessibility", "admin")
KEEPERS = ("accessibility", "admin")
ADMIN = ("admin",)

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/health"): PUBLIC,
    ("GET", "/ready"): PUBLIC,
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): PUBLIC,
    ("POST", "/sign-out"): PUBLIC,
    ("POST", "/language"): PUBLIC,
    ("GET", "/"): SIGNED_IN,
    ("GET", "/account"): SIGNED_IN,
    ("GET", "/account/password"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/sign-ins/{sign_in_id}/end"): SIGNED_IN,
    ("GET", "/settings/people"): ADMIN,
    ("GET", "/settings/people/add"): ADMIN,
    ("POST", "/settings/people/add"): ADMIN,
    ("GET", "/settings/people/{person_id}"): ADMIN,
    ("POST", "/settings/people/{person_id}"): ADMIN,
    ("GET", "/settings/people/{person_id}/deactivate"): ADMIN,
    ("POST", "/settings/people/{person_id}/deactivate"): ADMIN,
    ("POST", "/settings/people/{person_id}/activate"): ADMIN,
    ("GET", "/settings/people/{person_id}/password"): ADMIN,
    ("POST", "/settings/people/{person_id}/password"): ADMIN,
    ("GET", "/settings/tokens"): ADMIN,
    ("GET", "/settings/tokens/add"): ADMIN,
    ("POST", "/settings/tokens/add"): ADMIN,
    ("GET", "/settings/tokens/{token_id}/revoke"): ADMIN,
    ("POST", "/settings/tokens/{token_id}/revoke"): ADMIN,
    ("GET", "/settings/trail"): ADMIN,
    ("GET", "/accessibility/last-night"): SIGNED_IN,
    ("GET", "/accessibility/tickets"): SIGNED_IN,
    ("POST", "/accessibility/tickets/bulk"): KEEPERS,
    ("POST", "/accessibility/tickets/bulk/undo"): KEEPERS,
    ("GET", "/accessibility/tickets/{slug}/{number}"): SIGNED_IN,
    ("GET", "/accessibility/tickets/{slug}/{number}/assign"): KEEPERS,
    ("POST", "/accessibility/tickets/{slug}/{number}/assign"): KEEPERS,
    ("POST", "/accessibility/tickets/{slug}/{number}/due"): KEEPERS,
    ("POST", "/accessibility/tickets/{slug}/{number}/work"): SIGNED_IN,  # whoever is assigned
    ("POST", "/accessibility/tickets/{slug}/{number}/comment"): SIGNED_IN,
    ("POST", "/accessibility/tickets/{slug}/{number}/except"): KEEPERS,
    ("POST", "/accessibility/tickets/{slug}/{number}/withdraw"): KEEPERS,
    ("POST", "/accessibility/tickets/{slug}/{number}/undo"): SIGNED_IN,
    ("GET", "/accessibility/review"): SIGNED_IN,
    ("GET", "/accessibility/review/{component_id}"): KEEPERS,
    ("POST", "/accessibility/review/{component_id}/confirm"): KEEPERS,
    ("POST", "/accessibility/review/{component_id}/dismiss"): KEEPERS,
    ("POST", "/accessibility/review/{component_id}/reconsider"): KEEPERS,
    ("GET", "/accessibility/platforms"): SIGNED_IN,
    ("GET", "/accessibility/platforms/{slug}"): SIGNED_IN,
    ("GET", "/accessibility/platforms/{slug}/edit"): KEEPERS,
    ("POST", "/accessibility/platforms/{slug}/edit"): KEEPERS,
    ("POST", "/accessibility/platforms/{slug}/audit"): KEEPERS,
    ("GET", "/accessibility/platforms/{slug}/pause"): KEEPERS,
    ("POST", "/accessibility/platforms/{slug}/pause"): KEEPERS,
    ("POST", "/accessibility/platforms/{slug}/resume"): KEEPERS,
    ("GET", "/accessibility/platforms/{slug}/{kind}.svg"): SIGNED_IN,
    ("GET", "/accessibility/add-platform"): KEEPERS,
    ("POST", "/accessibility/add-platform"): KEEPERS,
    ("GET", "/accessibility/audits/{slug}/{number}"): SIGNED_IN,
    ("GET", "/accessibility/audits/{slug}/{number}/cancel"): KEEPERS,
    ("POST", "/accessibility/audits/{slug}/{number}/cancel"): KEEPERS,
    ("GET", "/accessibility/scores"): SIGNED_IN,
    ("GET", "/accessibility/jobs"): SIGNED_IN,
    ("GET", "/accessibility/evidence/{sha256}.png"): SIGNED_IN,
}

REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/me"): "read",
    ("GET", "/api/v1/people"): "admin",
    ("POST", "/api/v1/people"): "admin",
    ("GET", "/api/v1/people/{person_id}"): "admin",
    ("PATCH", "/api/v1/people/{person_id}"): "admin",
}

WITHOUT_A_KEY = {("GET", "/api/v1/openapi.json")}
"""REST routes that anybody may use."""
