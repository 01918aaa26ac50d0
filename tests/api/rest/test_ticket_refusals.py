"""What cannot be asked of tickets is refused, and named."""

from tests.api.people import Browser
from tests.api.rest.changes import change, later

TICKETS = "/api/v1/tickets"

WRONG_FILTERS = [
    {"sate": "open"},
    {"state": "opn"},
    {"group": ""},
    {"impact": "bad"},
    {"assignee": "0"},
    {"assignee": "me\n"},
    {"sort": "title"},
    {"page": "0"},
    {"per_page": "501"},
    {"page": "1e3"},
    {"opened_in": "-1"},
    {"opened_in": "9" * 30},
    {"text": "x" * 201},
    {"platform": "../etc"},
]


def test_a_filter_that_cannot_be_is_refused_and_named(lead: Browser) -> None:
    for filters in WRONG_FILTERS:
        answer = lead.get(TICKETS, params=filters)
        assert answer.status_code == 422
        assert [one["place"] for one in answer.json()["errors"]] == [f"query.{next(iter(filters))}"]


WRONG_CHANGES = [
    ({"exception": {"kind": "open", "reason": "x", "until": later(3)}}, "kind"),
    ({"exception": {"kind": "false positive", "reason": " ", "until": later(3)}}, "reason"),
    ({"exception": {"kind": "false positive", "reason": "x", "until": later(0)}}, "until"),
    ({"exception": {"kind": "false positive", "reason": "x"}}, "body.exception.until"),
    ({"exception": {"kind": "false positive", "reason": "x" * 5001, "until": later(3)}}, "body.exception.reason"),
    ({"assignee": 999_999}, "assignee"),
    ({"assignee": 2**70}, "body.assignee"),
    ({"due": "tomorrow"}, "body.due"),
    ({"due": "9999-12-31"}, "due"),
    ({"state": None}, "body"),
    ({"state": "open", "exception": None}, "body"),
    ({"text": "x"}, "body"),
    ({"colour": "red"}, "body.colour"),
    ([], "body"),
    ("open", "body"),
    (None, "body"),
]


def test_what_is_wrong_in_a_change_is_named(lead: Browser, address: str) -> None:
    for wanted, place in WRONG_CHANGES:
        answer = change(lead, address, wanted)
        assert (answer.status_code, [one["place"] for one in answer.json()["errors"]]) == (422, [place])


WRONG_BULKS = [
    ({"tickets": [], "change": {"state": "fixed"}}, "body.tickets"),
    ({"tickets": list(range(1, 502)), "change": {"state": "fixed"}}, "body.tickets"),
    ({"tickets": [0], "change": {"state": "fixed"}}, "body.tickets.0"),
    ({"tickets": [1]}, "body.change"),
]


def test_what_is_wrong_in_a_bulk_change_is_named(lead: Browser) -> None:
    for bulk, place in WRONG_BULKS:
        answer = lead.post(f"{TICKETS}/bulk", json=bulk)
        assert (answer.status_code, [one["place"] for one in answer.json()["errors"]]) == (422, [place])
