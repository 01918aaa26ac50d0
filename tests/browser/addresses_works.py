"""Pages of the works packages: their list, milestones, documents and notes, in all states."""

from datetime import timedelta

from core.i18n import today
from tests.campus.sample_records import INSTALLED, LIFT, PLAN

PICTURES: set[str] = set()
FILES: set[str] = {
    "/works/packages/{slug}/documents/{document_id}/file",
}
SOUTH = "/works/packages/renovation-of-sample-south"
ADDRESSES: dict[str, list[str]] = {
    "/works": [
        "/works",
        "/works?state=late&sort=-slip",
        "/works?pavilion=nowhere",
        f"/works?as_of={today() - timedelta(days=1)}",
    ],
    "/works/packages/add": ["/works/packages/add"],
    "/works/packages/{slug}": [
        SOUTH,
        f"/works/packages/{LIFT}",
        f"/works/packages/{LIFT}?as_of={today()}",
        "/works/packages/sample-painting",
        "/works/packages/sample-roof-repair",
    ],
    "/works/packages/{slug}/edit": [f"/works/packages/{LIFT}/edit"],
    "/works/packages/{slug}/delete": ["/works/packages/sample-roof-repair/delete"],
    "/works/packages/{slug}/milestones/add": [f"{SOUTH}/milestones/add"],
    "/works/packages/{slug}/milestones/{key}/edit": [f"/works/packages/{LIFT}/milestones/{INSTALLED}/edit"],
    "/works/packages/{slug}/milestones/{key}/drop": [f"/works/packages/{LIFT}/milestones/{INSTALLED}/drop"],
    "/works/packages/{slug}/documents/{document_id}/remove": [f"/works/packages/{LIFT}/documents/{PLAN}/remove"],
}
