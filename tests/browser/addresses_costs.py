"""Pages of the running costs: periods, lines, parties, and single amounts, in all states."""

PICTURES: set[str] = {
    "/works/costs/lines.svg",
    "/works/costs/per-m2.svg",
    "/works/costs/per-room-night.svg",
}
FILES: set[str] = {
    "/works/costs/report.csv",
    "/works/costs/report.xlsx",
    "/works/costs/periods.csv",
    "/works/costs/periods.xlsx",
}
ADDRESSES: dict[str, list[str]] = {
    "/works/costs": [
        "/works/costs",
        "/works/costs?first=2022-01-01&last=2023-12-31",
        "/works/costs?first=2024-01-01&last=2024-12-31&as_of=2024-01-01",
        "/works/costs?first=1999-01-01&last=1999-12-31",
    ],
    "/works/costs/parties": ["/works/costs/parties", "/works/costs/parties?first=1999-01-01"],
    "/works/costs/new": ["/works/costs/new?line=rent"],
    "/works/costs/entries/{number}": ["/works/costs/entries/1", "/works/costs/entries/2", "/works/costs/entries/3"],
    "/works/costs/entries/{number}/withdraw": ["/works/costs/entries/1/withdraw"],
    "/works/costs/{line}": [
        "/works/costs/utilities",
        "/works/costs/rent?kind=actual&sort=amount",
        "/works/costs/rent?kind=forecast",
    ],
}
