"""The pages of sections: how each fares, its form, and the import of many from a file."""

import html
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from accessibility.ledger.sections.models import Section
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.pages.accessibility.test_platforms import entries
from tests.api.people import Browser

PLATFORM = "/accessibility/platforms/ecampus"
LIST = f"{PLATFORM}/sections"
COURSE = f"{LIST}/course-1"
ADD = f"{PLATFORM}/add-section"
IMPORT = f"{PLATFORM}/import-sections"
HEAD = "slug,name,patterns,owner\n"


def slugs(history: Database) -> list[str]:
    with history.read() as session:
        return list(session.scalars(sa.select(Section.slug).order_by(Section.slug)))


def upload(browser: Browser, text: str, address: str = IMPORT) -> str:
    """The page that says what the file would change."""
    answer = browser.post_form(address, files={"file": ("sections.csv", text.encode(), "text/csv")})
    return answer.text


def hidden(page: str, name: str) -> str:
    """A hidden field of the page's own form."""
    return html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


def test_the_list_has_every_section_with_its_last_night_and_everything_else(lead: Browser) -> None:
    page = lead.get(LIST).text
    said = text_of(page)
    assert "Last night by section" in said
    assert re.search(r"Introduction to statistics one page Sample lead \d+", said)
    assert "Everything else" in said
    assert f'href="{COURSE}"' in page
    assert "platform=ecampus&amp;section=everything-else" in page
    assert f'href="{LIST}"' in lead.get("/accessibility/last-night").text


def test_a_platform_without_sections_says_what_they_are_for(lead: Browser) -> None:
    assert "There is no section yet." in text_of(lead.get("/accessibility/platforms/partner/sections").text)


def test_a_section_shows_its_trend_as_charts_and_as_a_table(lead: Browser) -> None:
    page = lead.get(COURSE).text
    assert "Owner: Sample lead." in text_of(page)
    assert f'src="{COURSE}/score.svg?nights=30"' in page
    assert "The figures of Introduction to statistics as a table" in page
    picture = lead.get(f"{COURSE}/score.svg?nights=30")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    assert lead.get(f"{COURSE}/nothing.svg").status_code == 404
    assert lead.get(f"{LIST}/everything-else/coverage.svg").status_code == 200


def test_tickets_can_be_filtered_by_section(lead: Browser) -> None:
    page = lead.get("/accessibility/tickets?platform=ecampus&section=course-1&group=all").text
    assert '<option value="course-1" selected>' in page
    found = len(re.findall(r'name="ticket" value="', page))
    everything = len(re.findall(r'name="ticket" value="', lead.get("/accessibility/tickets?group=all").text))
    assert 0 < found < everything
    assert "No ticket fits" in lead.get("/accessibility/tickets?platform=ecampus&section=nothing").text


def test_a_section_is_added_and_says_how_many_pages_it_has(lead: Browser, history: Database) -> None:
    answer = lead.post_form(ADD, {"name": "Library", "slug": "library", "patterns": "/library\n/library/*"})
    assert answer.headers["location"] == f"{LIST}/library"
    assert "One page of the last audit belongs to it." in lead.get(f"{LIST}/library").text
    assert "library" in slugs(history)


def test_a_pattern_that_fits_no_page_is_saved_with_a_warning(lead: Browser) -> None:
    lead.post_form(ADD, {"name": "Empty", "slug": "empty", "patterns": "/nowhere/*"})
    assert "No page of the last audit belongs to it." in lead.get(f"{LIST}/empty").text


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("name", "", "Enter a name"),
        ("slug", "Not A Slug", "use small letters"),
        ("slug", "forum", "already"),
        ("patterns", "", "Enter at least one pattern"),
        ("patterns", "library", "begin with /"),
        ("owner", "99999", "There is no such person."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    lead: Browser, history: Database, field: str, entry: str, said: str
) -> None:
    before = slugs(history)
    given = {"name": "Library", "slug": "library", "patterns": "/library"} | {field: entry}
    answer = lead.post_form(ADD, given)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert slugs(history) == before


def test_a_form_sent_back_untouched_changes_nothing_and_an_old_one_is_refused(lead: Browser) -> None:
    same = entries(lead.get(f"{COURSE}/edit").text)
    assert lead.post_form(f"{COURSE}/edit", same).status_code == 303
    assert lead.post_form(f"{COURSE}/edit", same | {"name": "New name"}).status_code == 303
    assert "New name" in lead.get(COURSE).text
    assert lead.post_form(f"{COURSE}/edit", same | {"name": "Other"}).status_code == 422


def test_a_section_is_deleted_after_a_question(lead: Browser, history: Database) -> None:
    asked = lead.get(f"{COURSE}/delete").text
    assert "no ticket changes" in asked
    assert lead.post_form(f"{COURSE}/delete", {"version": hidden(asked, "version")}).headers["location"] == LIST
    assert slugs(history) == ["forum"]


def test_a_section_that_changed_since_the_question_is_not_deleted(lead: Browser, history: Database) -> None:
    seen = hidden(lead.get(f"{COURSE}/delete").text, "version")
    lead.post_form(f"{COURSE}/edit", entries(lead.get(f"{COURSE}/edit").text) | {"name": "New name"})
    for fields in ({"version": seen}, {}):
        answer = lead.post_form(f"{COURSE}/delete", fields)
        assert answer.status_code == 409
        assert "was changed meanwhile" in answer.text
    assert "course-1" in slugs(history)


def test_a_file_is_looked_at_before_it_is_imported(lead: Browser, history: Database) -> None:
    page = upload(lead, HEAD + "library,Library,/library,\ncourse-1,Statistics,/course/1,\n")
    said = text_of(page)
    assert "1 to add, 1 to change." in said
    assert "before: Introduction to statistics" in said
    assert "library" not in slugs(history)
    fields = {name: hidden(page, name) for name in ("text", "seen")}
    assert lead.post_form(IMPORT, fields).headers["location"] == LIST
    assert "Imported: 1 added, 1 changed." in lead.get(LIST).text
    assert "library" in slugs(history)
    assert "Everything is so already." in upload(lead, fields["text"])


def test_a_file_with_faults_names_line_and_column_and_imports_nothing(lead: Browser, history: Database) -> None:
    page = upload(lead, HEAD + "library,Library,/library,\nlab,,/lab,\n")
    said = text_of(page)
    assert "One thing is wrong, so nothing is changed." in said
    assert "3 name a value is needed" in said
    assert 'name="seen"' not in page
    assert slugs(history) == ["course-1", "forum"]


def test_what_changed_since_it_was_looked_at_is_shown_again(lead: Browser, history: Database) -> None:
    page = upload(lead, HEAD + "library,Library,/library,\n")
    fields = {name: hidden(page, name) for name in ("text", "seen")}
    lead.post_form(ADD, {"name": "Other", "slug": "library", "patterns": "/other"})
    answer = lead.post_form(IMPORT, fields)
    assert answer.status_code == 200
    assert "Something changed meanwhile" in answer.text
    with history.read() as session:
        assert session.scalars(sa.select(Section.name).where(Section.slug == "library")).one() == "Other"


@pytest.mark.parametrize("content", [b"", b"slug,name,patterns\n\xff,a,/b\n"])
def test_what_is_no_such_file_is_refused(lead: Browser, content: bytes) -> None:
    answer = lead.post_form(IMPORT, files={"file": ("sections.csv", content, "text/csv")})
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.text
    assert lead.post_form(IMPORT).status_code == 422


def test_without_sections_the_file_to_begin_with_can_be_imported(lead: Browser) -> None:
    partner = "/accessibility/platforms/partner"
    answer = lead.get(f"{partner}/sections.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "1 to add, 0 to change." in text_of(upload(lead, answer.text, f"{partner}/import-sections"))


def test_the_file_of_the_sections_there_are_changes_nothing(lead: Browser) -> None:
    assert "The sections there are, as such a file" in lead.get(IMPORT).text
    text = lead.get(f"{PLATFORM}/sections.csv").text
    assert "course-1,Introduction to statistics," in text
    assert "Everything is so already." in text_of(upload(lead, text))


def test_who_only_looks_sees_no_button(browser_of: Callable[..., Browser]) -> None:
    viewer = browser_of("viewer")
    for address in (LIST, COURSE):
        page = viewer.get(address).text
        assert "add-section" not in page
        assert f"{COURSE}/edit" not in page
