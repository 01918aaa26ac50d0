"""The sections of the board report, in their order. Another one is a function of its own file, named here."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.board_report.of_closures import closures
from api.board_report.of_costs import running_costs
from api.board_report.of_energy import energy
from api.board_report.of_funds import funds
from api.board_report.of_money import money
from api.board_report.of_reimbursements import reimbursements
from api.board_report.of_results import indicators
from api.board_report.of_rooms import room_nights
from api.board_report.of_works import renovation
from api.board_report.parts import Section, SectionOf
from campus.capacity.report import Moment

SECTIONS: Sequence[SectionOf] = (
    indicators,
    room_nights,
    renovation,
    closures,
    money,
    reimbursements,
    funds,
    running_costs,
    energy,
)


def make(session: Session, moment: Moment) -> list[Section]:
    """Every section that has something to tell, in the language that is spoken."""
    return [section for one in SECTIONS if (section := one(session, moment))]
