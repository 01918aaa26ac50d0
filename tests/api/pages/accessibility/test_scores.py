"""Score and counts over time: a picture, a sentence that says what it shows, and its table."""

import html
import re

import pytest
import sqlalchemy as sa

from accessibility.ledger.audits.models import Audit
from accessibility.ledger.platforms.models import Platform
from core.database import Database
from tests.api.pages.accessibility.test_last_night import text_of
from tests.api.people import Browser

PAGE = "/accessibility/scores"


def test_a_chart_has_a_sentence_an_alternative_and_its_table(lead: Browser) -> None:
    page = lead.get(f"{PAGE}?platform=ecampus").text
    said = re.findall(r"<figcaption>([^<]+)</figcaption>", page)
    assert said[0].startswith("The score fell from 70 to 57 since")
    assert [alt for alt in re.findall(r'alt="([^"]+)"', page) if said[0] in alt]
    assert "The figures of Sample eCampus as a table" in page
    assert page.count("Audit&nbsp;") + len(re.findall(r">Audit \d+<", page)) == 10


def test_every_platform_has_its_curve_on_the_overview(lead: Browser) -> None:
    page = text_of(lead.get(PAGE).text)
    for name in ("Sample eCampus", "Sample partner platform", "Sample public site"):
        assert name in page
    assert "1 of 10 audits had none." in page


@pytest.mark.parametrize("kind", ["score", "problems", "coverage"])
def test_the_picture_is_an_svg_with_direct_labels_and_nothing_that_runs(lead: Browser, kind: str) -> None:
    page = lead.get(f"{PAGE}?platform=ecampus").text
    address = re.findall(rf'src="([^"]+/{kind}\.svg[^"]+)"', page)[0]
    answer = lead.get(html.unescape(address))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "<script" not in answer.text
    label = {"score": "Score 57", "problems": "To review 3", "coverage": "Floor 80%"}[kind]
    assert label in answer.text
    assert lead.get(html.unescape(address) + "&narrow=true").text != answer.text


def test_a_night_without_a_score_leaves_a_gap(lead: Browser, history: Database) -> None:
    address = "/accessibility/platforms/ecampus/score.svg"
    lines = lead.get(address).text.count("line mark")
    with history.write() as session:
        mine = sa.select(Platform.id).where(Platform.slug == "ecampus").scalar_subquery()
        session.execute(sa.update(Audit).where(Audit.platform_id == mine, Audit.number == 5).values(score=None))
    assert lead.get(address).text.count("line mark") > lines


def test_what_is_not_there_is_not_found(lead: Browser) -> None:
    assert lead.get(f"{PAGE}?platform=nothing").status_code == 404
    assert lead.get("/accessibility/platforms/ecampus/nothing.svg").status_code == 404
    assert lead.get("/accessibility/platforms/nothing/score.svg").status_code == 404
    assert lead.get(f"{PAGE}?nights=0").status_code == 422
