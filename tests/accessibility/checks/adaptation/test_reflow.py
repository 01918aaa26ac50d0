"""Reflow at 320 × 256 CSS pixels."""

import pytest

from accessibility.engine.checks.adaptation.reflow import ReflowCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look

WORDS = "Everyone who trains here finds the plan of the week on the first page of the course. "
MUCH = f"<p>{WORDS * 8}</p>"
SIDEWAYS, CUT, OVERLAP = "reflow-sideways", "reflow-text-cut", "reflow-text-overlap"
CELLS = "".join(f"<td style='min-width:120px'>Value {n}</td>" for n in range(6))
HEADERS = "".join(f"<th>Name {n}</th>" for n in range(6))
MONTHS = "<li style='flex: none; width: 90px'>Month</li>" * 8
CASES = {
    "text that reflows": Case(MUCH),
    "a column of fixed width": Case(
        f'{MUCH}<div id=a style="width: 600px">{WORDS * 3}</div>', ((SIDEWAYS, FAILED, "#a"),)
    ),
    "two columns that do not stack": Case(
        f'{MUCH}<div id=a style="display: grid; grid-template-columns: 250px 250px"><p>{WORDS}</p><p>{WORDS}</p></div>',
        ((SIDEWAYS, FAILED, "#a > p:nth-child(2)"),),
    ),
    "a row that does not wrap": Case(
        f'{MUCH}<ul id=a style="display: flex">{MONTHS}</ul>',
        ((SIDEWAYS, FAILED, "#a"),),
    ),
    "preformatted text in a wide column": Case(
        f'{MUCH}<div id=a style="width: 600px">{WORDS * 3}<pre>{WORDS}</pre></div>', ((SIDEWAYS, FAILED, "#a"),)
    ),
    "a layout table": Case(
        f'{MUCH}<table id=a role=presentation style="width: 700px"><tr><td>{WORDS}<td>{WORDS}</table>',
        ((SIDEWAYS, FAILED, "#a"),),
    ),
    "wide, but no scrolling downwards": Case(
        '<div style="width: 600px; height: 20px; overflow: visible">A wide line here</div>'
    ),
    "exception: a data table": Case(f"{MUCH}<table><tr>{HEADERS}</tr><tr>{CELLS}</tr></table>"),
    "exception: a data table that scrolls by itself": Case(
        f'{MUCH}<div style="overflow-x: auto" tabindex=0><table><tr>{HEADERS}</tr><tr>{CELLS}</tr></table></div>'
    ),
    "a table that may be layout": Case(f"{MUCH}<table id=a><tr>{CELLS}</tr></table>", ((SIDEWAYS, REVIEW, "#a"),)),
    "exception: a toolbar": Case(
        f'{MUCH}<div role=toolbar aria-label=Text style="width: 500px; white-space: nowrap">Bold Italic'
        f" Underlined Strike"
        " Left Right Centre Justify Indent Outdent</div>"
    ),
    "exception: a map; one that is only drawn is asked about": Case(
        f"{MUCH}<svg width=600 height=90><text x=20 y=40>North hall</text><text x=420 y=40>South hall of the"
        f' campus</text></svg><div role=application aria-label="Map" style="width: 600px">{WORDS}</div>',
        ((SIDEWAYS, REVIEW, "svg"),),
    ),
    "exception: a diagram": Case(f'{MUCH}<div role=img aria-label="The plan" style="width: 600px">{WORDS}</div>'),
    "exception to be judged: a game": Case(
        f'{MUCH}<div id=a class=chess-board style="width: 600px">{WORDS}</div>', ((SIDEWAYS, REVIEW, "#a"),)
    ),
    "exception to be judged: a presentation": Case(
        f'{MUCH}<div id=a class=slide-deck style="width: 960px"><h2>First</h2><p>{WORDS}</p></div>',
        ((SIDEWAYS, REVIEW, "#a"),),
    ),
    "what only sounds like a map": Case(
        f'{MUCH}<div id=a class=site-map style="width: 600px">{WORDS * 3}</div>', ((SIDEWAYS, FAILED, "#a"),)
    ),
    "exception: a video": Case(f"{MUCH}<video width=600 height=100></video>"),
    "a wide picture": Case(
        f'{MUCH}<img id=a alt="Plan" width=600 height=50 src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>">',
        ((SIDEWAYS, REVIEW, "#a"),),
    ),
    "preformatted text": Case(f"{MUCH}<pre id=a>{WORDS}</pre>", ((SIDEWAYS, REVIEW, "#a"),)),
    "a long word": Case(f"{MUCH}<p id=a>{'longword' * 10}</p>", ((SIDEWAYS, REVIEW, "#a"),)),
    "a long word in several elements": Case(
        f"{MUCH}<p id=a><b>Name</b><span>(<i>{'longword' * 4}</i>=<i>none</i>,</span> <i>another</i>)</p>",
        ((SIDEWAYS, REVIEW, "span"),),
    ),
    "a row of links without a space between them": Case(
        f'{MUCH}<p id=a><a style="padding: 20px">Courses</a><a style="padding: 20px">Timetable</a>'
        '<a style="padding: 20px">Messages</a><a style="padding: 20px">Account</a></p>',
        ((SIDEWAYS, FAILED, "a:nth-child(4)"),),
    ),
    "paragraphs that scroll sideways": Case(
        f'{MUCH}<div id=a tabindex=0 style="overflow: auto"><p style="width: 600px">{WORDS * 3}</p></div>',
        ((SIDEWAYS, REVIEW, "#a"),),
    ),
    "cards beside each other that scroll": Case(
        f'{MUCH}<div tabindex=0 style="overflow: auto; display: flex"><p style="flex: 0 0 250px">{WORDS}</p>'
        f'<p style="flex: 0 0 250px">{WORDS}</p></div>'
    ),
    "a menu beyond the edge": Case(
        f'{MUCH}<nav style="position: absolute; left: 340px; top: 0; width: 200px">{WORDS}</nav>'
    ),
    "a menu that a button replaces": Case(
        f"<style>@media (max-width: 600px)"
        f" {{ nav {{ display: none }} }}</style><nav>{WORDS}</nav><button>Menu</button>{MUCH}"
    ),
    "text that is cut off": Case(
        f'{MUCH}<div id=a style="height: 40px; overflow: hidden">The plan of the week stands on the first page'
        f" of this course"
        " for everyone who trains here, with all of its rooms and halls</div>",
        ((CUT, FAILED, "#a"),),
    ),
    "a page that hides what is beyond its edge": Case(
        f'<style>body {{ overflow-x: hidden }}</style>{MUCH}<div id=a style="width: 500px">{WORDS * 2}</div>',
        ((CUT, FAILED, "#a"),),
    ),
    "text on other text": Case(
        '<div style="height: 40px; margin: 0">The plan of the week stands on the first page of this course for'
        " everyone who"
        ' trains here, with all of its rooms</div><div id=b style="height: 40px">The second text stands below'
        " it, and it is long enough for two lines"
        " or more</div>" + MUCH,
        ((OVERLAP, FAILED, "#b"),),
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(ReflowCheck(), CASES)


@pytest.mark.parametrize("name", CASES)
def test_text_is_read_by_scrolling_in_one_direction(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


def test_a_failure_names_the_width_and_how_to_see_it(found: Found) -> None:
    finding = found.findings("a column of fixed width")[0]
    assert "600 wide" in finding.message
    assert "400 %" in finding.steps[1]
