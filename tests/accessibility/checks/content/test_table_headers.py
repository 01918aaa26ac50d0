"""Headers of tables."""

import pytest

from accessibility.engine.checks.content.table_headers import TableHeadersCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look


def cells(rows: str, tag: str = "td") -> str:
    """Rows apart by `/`, cells by commas."""
    return "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row.split(",")) + "</tr>" for row in rows.split("/")
    )


HEAD, DATA = cells("Room,Beds,Price", "th"), cells("Oak,2,40/Elm,4,60/Ash,3,50")
BOLD = "<tr><td><b>Room</b></td><td><b>Beds</b></td><td><b>Price</b></td></tr>"
LONELY = (("table-header-without-cells", FAILED, "#h"),)
ODD = (("table-header-without-cells", REVIEW, "#h"),)
BARE = (("table-without-headers", FAILED, "#t"),)
ASKED = (("table-without-headers", REVIEW, "#t"),)
ARRANGED = (("layout-table-marked", REVIEW, "#t"),)
CASES = {
    "every header has its cells": Case(f"<table>{HEAD}{DATA}</table>"),
    "a column without a cell": Case(
        f"<table><tr><th>Room<th>Beds<th id=h>Price</tr>{cells('Oak,2/Elm,4')}</table>", LONELY
    ),
    "cells that name another header": Case(
        "<table><tr><th id=a>Room<th id=h>Beds</tr><tr><td>Oak<td headers=a>2</tr></table>", LONELY
    ),
    "cells that name it from elsewhere": Case(
        "<table><tr><th id=a>Room<th id=b>Beds</tr><tr><td>Oak</tr><tr><td headers=b>2</tr></table>"
    ),
    "row headers above row headers": Case(
        "<table><tr><th>Day<th>Open</tr><tr><th>Monday<td>9</tr><tr><th>Friday<td>8</tr></table>"
    ),
    "a row header alone in its row": Case(
        "<table><tr><th>Day<th>Open</tr><tr><th scope=row>Monday<td>9</tr><tr><th scope=row id=h>Friday</tr></table>",
        LONELY,
    ),
    "a header that reaches over two columns": Case(
        "<table><tr><th>Room<th colspan=2>Price</tr><tr><th>Name<th>Low<th>High</tr>" + DATA + "</table>"
    ),
    "a header beside one that reaches down": Case(
        "<table><tr><th rowspan=2>Room<th>Beds</tr><tr><th>Number</tr><tr><td>Oak<td>2</tr></table>"
    ),
    "headers again at the end": Case(f"<table><thead>{HEAD}</thead><tbody>{DATA}</tbody><tfoot>{HEAD}</tfoot></table>"),
    "a title at the end": Case(f"<table>{HEAD}{DATA}<tr><th id=h colspan=3>Prices of May</tr></table>", ODD),
    "no rows yet": Case(f"<table>{HEAD}</table>"),
    "nothing but a notice": Case(f"<table>{HEAD}<tr><td colspan=2>No rooms</td></tr></table>"),
    "a header that is a cell by its role": Case("<table><tr><th>Room<th role=cell>Beds</tr><tr><td>Oak</tr></table>"),
    "a table without semantics": Case("<table role=presentation><tr><th>Room<th>Beds</tr><tr><td>Oak</tr></table>"),
    "hidden from assistive technology": Case(
        "<table aria-hidden=true><tr><th>Room<th>Beds</tr><tr><td>Oak</tr></table>"
    ),
    "a hidden header": Case("<table><tr><th>Room<th hidden>Beds</tr><tr><td>Oak</tr></table>"),
    "an empty header over buttons": Case(
        "<table><tr><th>Room<th></tr>" + "<tr><td>Oak<td><button>Open</button></tr>" * 3 + "</table>"
    ),
    "an empty header over words": Case(
        "<table><tr><th>Room<th id=h></th></tr>" + cells("Oak,quiet/Elm,bright/Ash,large") + "</table>",
        (("table-header-empty", REVIEW, "#h"),),
    ),
    "bold cells under a caption": Case(f"<table id=t><caption>Rooms</caption>{BOLD}{DATA}</table>", BARE),
    "bold cells in a head section": Case(f"<table id=t><thead>{BOLD}</thead>{DATA}</table>", BARE),
    "bold cells alone": Case(f"<table id=t>{BOLD}{DATA}</table>", ASKED),
    "rows of numbers": Case(f"<table id=t>{cells('Oak,2,40/Elm,4,60/Ash,3,50/Fir,1,20')}</table>", ASKED),
    "headers by roles": Case(f"<table>{BOLD.replace('<td>', '<td role=columnheader>')}{DATA}</table>"),
    "plain arrangement": Case("<table><tr><td><h2>News</h2><p>Text</p><td><ul><li>One</ul></tr><tr><td>a<td>b</table>"),
    "lines of words": Case(f"<table>{cells('Oak,is a tree/Elm,is another')}</table>"),
    "arrangement with a caption": Case(
        "<table id=t><caption>News</caption><tr><td><h2>One</h2><p>Text</p><td><h2>Two</h2></tr></table>", ARRANGED
    ),
    "data that is code": Case(
        "<table><tr><th>Call<th>Purpose</tr><tr><td><code>a()</code><td>Begin <code>b</code></tr>"
        "<tr><td><code>c()</code><td>End <code>b</code></tr></table>"
    ),
    "arrangement with headers": Case(
        "<table id=t><tr><th><h2>One</h2><ul><li>a</ul></tr><tr><th><ul><li>b</ul></table>", ARRANGED
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(TableHeadersCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_headers_belong_to_their_cells(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_says_how_to_see_it(found: Found) -> None:
    (finding,) = found.findings("a column without a cell")
    assert "“Price”" in finding.message
    assert finding.steps
