"""Pages of the results: indicators with their values, the overview, and the board report, in all states."""

PICTURES: set[str] = {"/results/indicators/{slug}/values.svg"}
FILES: set[str] = {"/results/indicators.csv", "/results/indicators.xlsx", "/results/report.pdf"}
ADDRESSES: dict[str, list[str]] = {
    "/results": [
        "/results",
        "/results?sort=-status",
        "/results?status=on+track",
        "/results?as_of=2020-01-01",
    ],
    "/results/overview": ["/results/overview", "/results/overview?as_of=2020-01-01"],
    "/results/report": ["/results/report", "/results/report?as_of=2020-01-01"],
    "/results/indicators/add": ["/results/indicators/add"],
    "/results/indicators/{slug}": [
        "/results/indicators/room-nights",
        "/results/indicators/guest-satisfaction",
        "/results/indicators/it-2-3-b",
        "/results/indicators/sample-dropped",
    ],
    "/results/indicators/{slug}/edit": ["/results/indicators/room-nights/edit"],
    "/results/indicators/{slug}/drop": ["/results/indicators/room-nights/drop"],
    "/results/indicators/{slug}/values/add": ["/results/indicators/guest-satisfaction/values/add"],
}
