"""Links that say where they lead, by themselves or with what surrounds them."""

import pytest

from accessibility.engine.checks.content.link_purpose import LinkPurposeCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import document

SAME, NOTHING = "link-same-name", "link-says-nothing"


def without_heading(body: str) -> str:
    return document(body).replace("<h1>Sample page</h1>", "")


CASES = {
    "same name, same target": Case("<p><a href=/a>Report</a></p><p><a href=/a/>Report</a></p>"),
    "same name, other target": Case(
        "<div>Rome</div><div><a href=/a>Report</a></div><div>Oslo</div><div><a id=b href=/b>Report</a></div>",
        ((SAME, REVIEW, "#b"),),
    ),
    "same name in a drawing": Case(
        "<svg height=90><a href=/a><text y=20>Report</text></a><a id=b href=/b><text y=60>Report</text></a></svg>",
        ((SAME, REVIEW, "#b"),),
    ),
    "told apart by the sentence": Case(
        "<p>The city has a <a href=/a>report</a></p><p>The country has a <a href=/b>report</a></p>"
    ),
    "told apart by the list item": Case("<ul><li>Rome <a href=/a>Report</a><li>Oslo <a href=/b>Report</a></ul>"),
    "told apart by the item of the list above": Case(
        "<ul><li>Rome<ul><li><a href=/a>Report</a></ul><li>Oslo<ul><li><a href=/b>Report</a></ul></ul>"
    ),
    "told apart by the heading": Case(
        "<h2>Rome</h2><div><a href=/a>Report</a></div><h2>Oslo</h2><div><a href=/b>Report</a></div>"
    ),
    "told apart by row headers": Case(
        "<table><tr><th>Rome<td><a href=/a>Report</a><tr><th>Oslo<td><a href=/b>Report</a></table>"
    ),
    "told apart by the headers of columns": Case(
        "<table><tr><th>Day<th>New<th>Gone<tr><th>Monday<td><a href=/a>1</a><td><a href=/b>1</a></table>"
    ),
    "below one header of columns": Case(
        "<table><tr><th>Day<th colspan=2>New<tr><th>Monday<td><a href=/a>1</a><td><a id=b href=/b>1</a></table>",
        ((SAME, REVIEW, "#b"),),
    ),
    "told apart by their terms": Case("<dl><dt>New<dd><a href=/a>1</a><dt>Gone<dd><a href=/b>1</a></dl>"),
    "told apart by their descriptions": Case(
        "<span id=x>Rome</span><div><a href=/a aria-describedby=x>Report</a></div><span id=y>Oslo</span>"
        "<div><a href=/b aria-describedby=y>Report</a></div>"
    ),
    "told apart by the part of the page": Case(
        "<nav aria-label=Study><a href=/a>Dates</a></nav><nav aria-label=Work><a href=/b>Dates</a></nav>"
    ),
    "exception: ambiguous to everybody": Case(
        "<p>Read on: <a href=/a>Report</a> and <a href=/b>Report</a>, please</p>"
    ),
    "hidden link": Case("<div><a href=/a>Report</a></div><div hidden><a href=/b>Report</a></div>"),
    "buttons for eyes": Case(
        "<div><a role=button href=/a>Report</a></div><div><a role=button href=/b>Report</a></div>"
    ),
    "click here with nothing around": Case(
        without_heading("<div>Timetable of the night bus</div><div><a id=a href=/a>Click here</a></div>"),
        ((NOTHING, FAILED, "#a"),),
    ),
    "more in other languages": Case(
        without_heading(
            "<div>Busse</div><div><a id=a href=/a>Mehr …</a></div>"
            "<div>حافلات</div><div><a id=b href=/b>المزيد</a></div>"
        ),
        ((NOTHING, FAILED, "#a"), (NOTHING, FAILED, "#b")),
    ),
    "nobody can tell": Case(without_heading("<a id=a href=/a>Click here</a>"), ((NOTHING, REVIEW, "#a"),)),
    "a format with nothing around": Case(
        without_heading("<div><b>Timetable</b></div><ul><li><a id=a href=/a>PDF</a><li><a href=/b>HTML</a></ul>"),
        ((NOTHING, REVIEW, "#a"),),
    ),
    "a row without a header": Case(
        "<table><tr><th>Name<th>File<tr><td>Timetable<td><a id=a href=/a>Download</a></table>",
        ((NOTHING, REVIEW, "#a"),),
    ),
    "a cell with more words": Case(
        "<table><tr><th>Name<th>File<tr><td>Timetable<td><a href=/a>Download</a> the timetable</table>"
    ),
    "more, below a heading": Case("<h2>Night bus</h2><div><a href=/a>Read more</a></div>"),
    "more, within a sentence": Case("<p>The night bus has a new timetable. <a href=/a>More</a></p>"),
    "more, with a label": Case(without_heading('<a href=/a aria-label="More of the night bus">More</a>')),
    "more, of a menu": Case(without_heading("<nav><div>Buses</div><a href=/a>More</a></nav>")),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(LinkPurposeCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_links_say_where_they_lead(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected
