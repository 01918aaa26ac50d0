"""Pages of how late works are: plans, trends, baselines, and reports on milestones, in all states."""

from datetime import timedelta

from core.i18n import today

_PACKAGE = "/works/packages/{slug}"
_SLIPPED, _EMPTY, _OTHER = (
    _PACKAGE.format(slug=slug) for slug in ("sample-reported-works", "sample-roof-repair", "renovation-of-sample-south")
)
_THEN = today() - timedelta(days=70)

PICTURES: set[str] = {f"{_PACKAGE}/plan.svg", f"{_PACKAGE}/trend.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    f"{_PACKAGE}/plan": [
        f"{_SLIPPED}/plan",
        f"{_SLIPPED}/plan?baseline=1&as_of={_THEN}",
        f"{_EMPTY}/plan",
        f"{_OTHER}/plan",
    ],
    f"{_PACKAGE}/trend": [f"{_SLIPPED}/trend", f"{_SLIPPED}/trend?as_of={_THEN}", f"{_EMPTY}/trend"],
    f"{_PACKAGE}/baselines": [f"{_SLIPPED}/baselines?first=2&second=1", f"{_OTHER}/baselines", f"{_EMPTY}/baselines"],
    f"{_PACKAGE}/baselines/approve": [f"{_SLIPPED}/baselines/approve", f"{_EMPTY}/baselines/approve"],
    f"{_PACKAGE}/report": [f"{_SLIPPED}/report", f"{_EMPTY}/report"],
    f"{_PACKAGE}/milestones/{{key}}/report": [f"{_OTHER}/milestones/4/report", f"{_OTHER}/milestones/6/report"],
    f"{_PACKAGE}/milestones/{{key}}/reports": [f"{_OTHER}/milestones/4/reports"],
}
