"""Pages of what works close: rules, proposals and their conflicts, changes and scenarios, in all states."""

PICTURES: set[str] = {"/works/packages/{slug}/closure/rooms.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/works/closures": ["/works/closures"],
    "/works/closures/changes/{change_id}": ["/works/closures/changes/1"],
    "/works/closures/changes/{change_id}/undo": ["/works/closures/changes/1/undo"],
    "/works/closures/scenarios": ["/works/closures/scenarios"],
    "/works/closures/scenarios/add": ["/works/closures/scenarios/add"],
    "/works/closures/scenarios/{scenario_id}/drop": ["/works/closures/scenarios/1/drop"],
    "/works/packages/{slug}/closure": [
        "/works/packages/sample-refit/closure",
        "/works/packages/sample-roof-repair/closure",
    ],
    "/works/packages/{slug}/closure/confirm": ["/works/packages/sample-refit/closure/confirm"],
    "/works/packages/{slug}/closure/rule": [
        "/works/packages/sample-refit/closure/rule",
        "/works/packages/sample-roof-repair/closure/rule",
    ],
}
