"""Every route that is a page, with the addresses that show its states."""

from tests.browser.addresses_campus import ADDRESSES as CAMPUS
from tests.browser.addresses_campus import PUBLIC as OF_GUESTS

PUBLIC = {"/sign-in", "/sign-in/ended"} | OF_GUESTS
NO_PAGES = {"/health", "/ready", "/", "/sign-in/oidc", "/sign-in/oidc/back"}  # probes and redirects
PICTURES = {"/accessibility/evidence/{sha256}.png", "/accessibility/platforms/{slug}/{kind}.svg"}
PICTURES |= {"/accessibility/platforms/{slug}/sections/{section}/{kind}.svg", "/settings/state/{kind}.svg"}
FILES = {"/accessibility/platforms/{slug}/sections.csv"}
OF_ACCESSIBILITY = {
    "/sign-in": ["/sign-in"],
    "/sign-in/ended": ["/sign-in/ended"],
    "/account": ["/account"],
    "/account/password": ["/account/password"],
    "/account/alerts": ["/account/alerts"],
    "/account/alerts/platforms/{slug}": ["/account/alerts/platforms/ecampus"],
    "/settings/people": ["/settings/people"],
    "/settings/people/add": ["/settings/people/add"],
    "/settings/people/{person_id}": ["/settings/people/1"],
    "/settings/people/{person_id}/grants": ["/settings/people/1/grants", "/settings/people/2/grants"],
    "/settings/people/{person_id}/deactivate": ["/settings/people/1/deactivate"],
    "/settings/people/{person_id}/password": ["/settings/people/1/password"],
    "/settings/tokens": ["/settings/tokens"],
    "/settings/tokens/add": ["/settings/tokens/add"],
    "/settings/tokens/{token_id}/revoke": ["/settings/tokens/1/revoke"],
    "/settings/trail": ["/settings/trail", "/settings/trail?subject=nothing"],
    "/settings/alerts": ["/settings/alerts", "/settings/alerts?state=sent"],
    "/settings/state": ["/settings/state"],
    "/accessibility/last-night": ["/accessibility/last-night"],
    "/accessibility/tickets": [
        "/accessibility/tickets",
        "/accessibility/tickets?group=all&select=all&sort=-due",
        "/accessibility/tickets?text=nothing+at+all",
        "/accessibility/tickets?platform=ecampus&opened_in=10",
    ],
    "/accessibility/tickets/{slug}/{number}": [f"/accessibility/tickets/ecampus/{n}" for n in (1, 2, 4, 5, 6, 9)],
    "/accessibility/tickets/{slug}/{number}/assign": ["/accessibility/tickets/ecampus/9/assign"],
    "/accessibility/shared": [
        "/accessibility/shared",
        "/accessibility/shared?state=all&platform=ecampus",
        "/accessibility/shared?impact=critical",
    ],
    "/accessibility/shared/{number}": ["/accessibility/shared/1", "/accessibility/shared/2"],
    "/accessibility/shared/{number}/tickets/{ticket_id}": ["/accessibility/shared/2/tickets/11"],
    "/accessibility/review": ["/accessibility/review", "/accessibility/review?platform=partner"],
    "/accessibility/review/{component_id}": ["/accessibility/review/1"],
    "/accessibility/platforms": ["/accessibility/platforms"],
    "/accessibility/platforms/{slug}": [f"/accessibility/platforms/{slug}" for slug in ("ecampus", "archive")],
    "/accessibility/platforms/{slug}/edit": ["/accessibility/platforms/ecampus/edit"],
    "/accessibility/platforms/{slug}/pause": ["/accessibility/platforms/ecampus/pause"],
    "/accessibility/platforms/{slug}/people": [
        f"/accessibility/platforms/{slug}/people" for slug in ("ecampus", "archive")
    ],
    "/accessibility/platforms/{slug}/webhooks": [
        "/accessibility/platforms/ecampus/webhooks",
        "/accessibility/platforms/partner/webhooks",
    ],
    "/accessibility/platforms/{slug}/webhooks/add": ["/accessibility/platforms/ecampus/webhooks/add"],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}": ["/accessibility/platforms/ecampus/webhooks/1"],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}/secret": [
        "/accessibility/platforms/ecampus/webhooks/1/secret"
    ],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}/remove": [
        "/accessibility/platforms/ecampus/webhooks/1/remove"
    ],
    "/accessibility/platforms/{slug}/sections": [
        f"/accessibility/platforms/{slug}/sections" for slug in ("ecampus", "partner")
    ],
    "/accessibility/platforms/{slug}/sections/{section}": [
        f"/accessibility/platforms/ecampus/sections/{one}" for one in ("course-1", "forum", "everything-else")
    ],
    "/accessibility/platforms/{slug}/sections/{section}/edit": [
        "/accessibility/platforms/ecampus/sections/course-1/edit"
    ],
    "/accessibility/platforms/{slug}/sections/{section}/delete": [
        "/accessibility/platforms/ecampus/sections/course-1/delete"
    ],
    "/accessibility/platforms/{slug}/add-section": ["/accessibility/platforms/ecampus/add-section"],
    "/accessibility/platforms/{slug}/import-sections": ["/accessibility/platforms/ecampus/import-sections"],
    "/accessibility/platforms/{slug}/baselines": [
        f"/accessibility/platforms/{slug}/baselines" for slug in ("ecampus", "archive")
    ],
    "/accessibility/platforms/{slug}/baselines/{number}": [
        f"/accessibility/platforms/ecampus/baselines/{number}" for number in (1, 2)
    ],
    "/accessibility/platforms/{slug}/gates/{gate_id}": [
        f"/accessibility/platforms/ecampus/gates/{number}" for number in (2, 3, 4)
    ],
    "/accessibility/platforms/{slug}/approve": [
        "/accessibility/platforms/ecampus/approve?audit=10",
        "/accessibility/platforms/ecampus/approve?gate=1",
    ],
    "/accessibility/add-platform": ["/accessibility/add-platform"],
    "/accessibility/audits/{slug}/{number}": [
        "/accessibility/audits/ecampus/10",
        "/accessibility/audits/ecampus/10?reason=server+error",
        "/accessibility/audits/partner/10",
        "/accessibility/audits/public-site/11",
        "/accessibility/audits/archive/1",
    ],
    "/accessibility/audits/{slug}/{number}/cancel": ["/accessibility/audits/public-site/11/cancel"],
    "/accessibility/scores": ["/accessibility/scores", "/accessibility/scores?platform=ecampus"],
    "/accessibility/jobs": ["/accessibility/jobs", "/accessibility/jobs?state=skipped"],
}

ADDRESSES = OF_ACCESSIBILITY | CAMPUS
