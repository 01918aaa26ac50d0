"""Every page of the money of works, with the addresses that show its states in the books of `sample_money`."""

from core.i18n import today

FUNDING = "/works/funding"
PACKAGE = "/works/packages/renovation-of-sample-south/money"
ROOF = "/works/packages/sample-roof-repair/money"  # without any money
SOURCE, EMPTY_SOURCE = f"{FUNDING}/sources/sample-government", f"{FUNDING}/sources/sample-centre"
COMMITMENT = f"{FUNDING}/commitments"
AGREEMENT = f"{FUNDING}/reimbursements/sample-repairs"
PAST = "as_of=2020-01-01"

PICTURES = {"/works/packages/{slug}/money/earned-value.svg"}
FILES = {
    f"{FUNDING}/sources.csv",
    f"{FUNDING}/commitments.csv",
    f"{FUNDING}/payments.csv",
    f"{FUNDING}/reimbursements.csv",
    "/works/packages/{slug}/money/earned-value.csv",
}
ADDRESSES: dict[str, list[str]] = {
    FUNDING: [FUNDING, f"{FUNDING}?sort=-pledged&{PAST}", f"{FUNDING}?as_of={today().year + 1}-01-01"],
    f"{FUNDING}/sources/add": [f"{FUNDING}/sources/add"],
    f"{FUNDING}/sources/{{slug}}": [SOURCE, EMPTY_SOURCE],
    f"{FUNDING}/sources/{{slug}}/edit": [f"{SOURCE}/edit"],
    f"{FUNDING}/sources/{{slug}}/pledge": [f"{SOURCE}/pledge"],
    f"{FUNDING}/sources/{{slug}}/receipts/add": [f"{SOURCE}/receipts/add"],
    f"{FUNDING}/sources/{{slug}}/receipts/{{number}}/reverse": [f"{SOURCE}/receipts/1/reverse"],
    f"{FUNDING}/sources/{{slug}}/allocate": [f"{SOURCE}/allocate", f"{SOURCE}/allocate?package=1&cost_type=works"],
    COMMITMENT: [COMMITMENT, f"{COMMITMENT}?state=cancelled&sort=supplier", f"{COMMITMENT}?source=2"],
    f"{COMMITMENT}/add": [f"{COMMITMENT}/add"],
    f"{COMMITMENT}/{{number}}": [f"{COMMITMENT}/2", f"{COMMITMENT}/1", f"{COMMITMENT}/3"],
    f"{COMMITMENT}/{{number}}/edit": [f"{COMMITMENT}/2/edit"],
    f"{COMMITMENT}/{{number}}/close": [f"{COMMITMENT}/2/close"],
    f"{COMMITMENT}/{{number}}/cancel": [f"{COMMITMENT}/2/cancel"],
    f"{COMMITMENT}/{{number}}/pay": [f"{COMMITMENT}/2/pay"],
    f"{COMMITMENT}/{{number}}/payments/{{payment}}/reverse": [f"{COMMITMENT}/2/payments/2/reverse"],
    f"{FUNDING}/reimbursements": [f"{FUNDING}/reimbursements", f"{FUNDING}/reimbursements?{PAST}"],
    f"{FUNDING}/reimbursements/add": [f"{FUNDING}/reimbursements/add"],
    f"{FUNDING}/reimbursements/{{slug}}": [AGREEMENT],
    f"{FUNDING}/reimbursements/{{slug}}/edit": [f"{AGREEMENT}/edit"],
    f"{FUNDING}/reimbursements/{{slug}}/expenses/add": [f"{AGREEMENT}/expenses/add"],
    f"{FUNDING}/reimbursements/{{slug}}/claims/add": [f"{AGREEMENT}/claims/add"],
    f"{FUNDING}/reimbursements/{{slug}}/claims/{{number}}/receive": [f"{AGREEMENT}/claims/2/receive"],
    f"{FUNDING}/reimbursements/{{slug}}/{{kind}}/{{number}}/reverse": [
        f"{AGREEMENT}/expenses/1/reverse",
        f"{AGREEMENT}/claims/2/reverse",
    ],
    "/works/packages/{slug}/money": [PACKAGE, ROOF, f"{PACKAGE}?{PAST}"],
    "/works/packages/{slug}/money/budgets": [f"{PACKAGE}/budgets", f"{PACKAGE}/budgets?to=1"],
    "/works/packages/{slug}/money/budgets/add": [f"{PACKAGE}/budgets/add", f"{ROOF}/budgets/add"],
    "/works/packages/{slug}/money/expected": [f"{PACKAGE}/expected"],
}
