"""Who may use the routes of the money of works."""

READERS = ("viewer", "facilities", "quality", "admin")
KEEPERS = ("facilities", "admin")
READ, WRITE = "campus:read", "campus:write"

PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/works/funding"): READERS,
    ("GET", "/works/funding/sources.csv"): READERS,
    ("GET", "/works/funding/sources/{slug}"): READERS,
    ("GET", "/works/funding/commitments"): READERS,
    ("GET", "/works/funding/commitments.csv"): READERS,
    ("GET", "/works/funding/payments.csv"): READERS,
    ("GET", "/works/funding/commitments/{number}"): READERS,
    ("GET", "/works/funding/reimbursements"): READERS,
    ("GET", "/works/funding/reimbursements.csv"): READERS,
    ("GET", "/works/funding/reimbursements/{slug}"): READERS,
    ("GET", "/works/packages/{slug}/money"): READERS,
    ("GET", "/works/packages/{slug}/money/earned-value.svg"): READERS,
    ("GET", "/works/packages/{slug}/money/earned-value.csv"): READERS,
    ("GET", "/works/packages/{slug}/money/budgets"): READERS,
    **dict.fromkeys([("GET", "/works/funding/sources/add"), ("POST", "/works/funding/sources/add")], KEEPERS),
    **dict.fromkeys(
        [("GET", "/works/funding/sources/{slug}/edit"), ("POST", "/works/funding/sources/{slug}/edit")], KEEPERS
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/sources/{slug}/pledge"), ("POST", "/works/funding/sources/{slug}/pledge")], KEEPERS
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/sources/{slug}/receipts/add"), ("POST", "/works/funding/sources/{slug}/receipts/add")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/sources/{slug}/receipts/{number}/reverse"),
            ("POST", "/works/funding/sources/{slug}/receipts/{number}/reverse"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/sources/{slug}/allocate"), ("POST", "/works/funding/sources/{slug}/allocate")], KEEPERS
    ),
    **dict.fromkeys([("GET", "/works/funding/commitments/add"), ("POST", "/works/funding/commitments/add")], KEEPERS),
    **dict.fromkeys(
        [("GET", "/works/funding/commitments/{number}/edit"), ("POST", "/works/funding/commitments/{number}/edit")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/commitments/{number}/close"), ("POST", "/works/funding/commitments/{number}/close")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/commitments/{number}/cancel"), ("POST", "/works/funding/commitments/{number}/cancel")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/commitments/{number}/pay"), ("POST", "/works/funding/commitments/{number}/pay")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/commitments/{number}/payments/{payment}/reverse"),
            ("POST", "/works/funding/commitments/{number}/payments/{payment}/reverse"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/reimbursements/add"), ("POST", "/works/funding/reimbursements/add")], KEEPERS
    ),
    **dict.fromkeys(
        [("GET", "/works/funding/reimbursements/{slug}/edit"), ("POST", "/works/funding/reimbursements/{slug}/edit")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/reimbursements/{slug}/expenses/add"),
            ("POST", "/works/funding/reimbursements/{slug}/expenses/add"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/reimbursements/{slug}/claims/add"),
            ("POST", "/works/funding/reimbursements/{slug}/claims/add"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/reimbursements/{slug}/claims/{number}/receive"),
            ("POST", "/works/funding/reimbursements/{slug}/claims/{number}/receive"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [
            ("GET", "/works/funding/reimbursements/{slug}/{kind}/{number}/reverse"),
            ("POST", "/works/funding/reimbursements/{slug}/{kind}/{number}/reverse"),
        ],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/packages/{slug}/money/budgets/add"), ("POST", "/works/packages/{slug}/money/budgets/add")],
        KEEPERS,
    ),
    **dict.fromkeys(
        [("GET", "/works/packages/{slug}/money/expected"), ("POST", "/works/packages/{slug}/money/expected")], KEEPERS
    ),
}
REST: dict[tuple[str, str], str] = {
    ("GET", "/api/v1/funding-sources"): READ,
    ("POST", "/api/v1/funding-sources"): WRITE,
    ("GET", "/api/v1/funding-sources/{slug}"): READ,
    ("PATCH", "/api/v1/funding-sources/{slug}"): WRITE,
    ("PUT", "/api/v1/funding-sources/{slug}/pledge"): WRITE,
    ("GET", "/api/v1/funding-sources/{slug}/pledges"): READ,
    ("GET", "/api/v1/funding-sources/{slug}/receipts"): READ,
    ("POST", "/api/v1/funding-sources/{slug}/receipts"): WRITE,
    ("POST", "/api/v1/funding-sources/{slug}/receipts/{number}/reverse"): WRITE,
    ("GET", "/api/v1/funding-sources/{slug}/allocations"): READ,
    ("PUT", "/api/v1/funding-sources/{slug}/allocations"): WRITE,
    ("GET", "/api/v1/works/{slug}/budgets"): READ,
    ("POST", "/api/v1/works/{slug}/budgets"): WRITE,
    ("GET", "/api/v1/works/{slug}/budgets/compared"): READ,
    ("GET", "/api/v1/works/{slug}/expected-costs"): READ,
    ("POST", "/api/v1/works/{slug}/expected-costs"): WRITE,
    ("GET", "/api/v1/works/{slug}/earned-value"): READ,
    ("GET", "/api/v1/commitments"): READ,
    ("POST", "/api/v1/commitments"): WRITE,
    ("GET", "/api/v1/commitments/{number}"): READ,
    ("PATCH", "/api/v1/commitments/{number}"): WRITE,
    ("POST", "/api/v1/commitments/{number}/close"): WRITE,
    ("POST", "/api/v1/commitments/{number}/cancel"): WRITE,
    ("GET", "/api/v1/commitments/{number}/history"): READ,
    ("GET", "/api/v1/payments"): READ,
    ("POST", "/api/v1/payments"): WRITE,
    ("GET", "/api/v1/payments/{number}"): READ,
    ("POST", "/api/v1/payments/{number}/reverse"): WRITE,
    ("GET", "/api/v1/reimbursements"): READ,
    ("POST", "/api/v1/reimbursements"): WRITE,
    ("GET", "/api/v1/reimbursements/{slug}"): READ,
    ("PUT", "/api/v1/reimbursements/{slug}"): WRITE,
    ("GET", "/api/v1/reimbursements/{slug}/expenses"): READ,
    ("POST", "/api/v1/reimbursements/{slug}/expenses"): WRITE,
    ("POST", "/api/v1/reimbursements/{slug}/expenses/{number}/reverse"): WRITE,
    ("GET", "/api/v1/reimbursements/{slug}/claims"): READ,
    ("POST", "/api/v1/reimbursements/{slug}/claims"): WRITE,
    ("POST", "/api/v1/reimbursements/{slug}/claims/{number}/withdraw"): WRITE,
    ("GET", "/api/v1/reimbursements/{slug}/receipts"): READ,
    ("POST", "/api/v1/reimbursements/{slug}/claims/{number}/receipts"): WRITE,
    ("POST", "/api/v1/reimbursements/{slug}/receipts/{number}/reverse"): WRITE,
}
