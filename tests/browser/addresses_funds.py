"""Pages of the funds: their entries, the facts files, and where printed figures disagree, in all states."""

PICTURES: set[str] = {"/works/funds/{slug}/chart.svg"}
FILES: set[str] = {"/works/funds.csv", "/works/funds/discrepancies.csv", "/works/funds/{slug}/entries.csv"}
ADDRESSES: dict[str, list[str]] = {
    "/works/funds": ["/works/funds", "/works/funds?as_of=2020-01-01", "/works/funds?sort=-closing"],
    "/works/funds/add": ["/works/funds/add"],
    "/works/funds/discrepancies": ["/works/funds/discrepancies", "/works/funds/discrepancies?as_of=2020-01-01"],
    "/works/funds/facts": ["/works/funds/facts"],
    "/works/funds/facts/{load_id}": ["/works/funds/facts/1"],
    "/works/funds/entries/{number}": ["/works/funds/entries/1", "/works/funds/entries/13", "/works/funds/entries/14"],
    "/works/funds/entries/{number}/edit": ["/works/funds/entries/1/edit"],
    "/works/funds/entries/{number}/cancel": ["/works/funds/entries/1/cancel"],
    "/works/funds/{slug}/entries/add": ["/works/funds/innovation-fund/entries/add"],
    "/works/funds/{slug}": [
        "/works/funds/campus-improvement-fund",
        "/works/funds/fellowship-fund",
        "/works/funds/innovation-fund?first=2030-01-01&last=2030-12-31",
    ],
}
