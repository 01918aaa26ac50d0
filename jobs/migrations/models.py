"""Every table of the service, in one place: whoever needs the whole schema imports `metadata` from here."""

import sqlalchemy as sa

from accessibility.ledger.alerts import models as alerts
from accessibility.ledger.audits import models as audits
from accessibility.ledger.baselines import models as baselines
from accessibility.ledger.gates import models as gates
from accessibility.ledger.platforms import models as platforms
from accessibility.ledger.sections import models as sections
from accessibility.ledger.shared import models as shared
from accessibility.ledger.tickets import models as tickets
from campus.calendars import models as calendars
from campus.capacity import models as capacity
from campus.closures import models as closures
from campus.counts import models as counts
from campus.energy import models as energy
from campus.feedback.cases import models as cases
from campus.feedback.comments import models as comments
from campus.feedback.figures import models as figures
from campus.feedback.invitations import models as invitations
from campus.feedback.questionnaires import models as questionnaires
from campus.feedback.responses import models as responses
from campus.forecast import models as forecast
from campus.funds import models as funds
from campus.improvement import models as improvement
from campus.improvement.reminders import models as improvement_reminders
from campus.money import models as money
from campus.months import models as months
from campus.occupancy import models as occupancy
from campus.places import models as places
from campus.reimbursements import models as reimbursements
from campus.renovation import models as renovation
from campus.renovation.reminders import models as reminders
from campus.requests import models as requests
from campus.results import models as results
from campus.running_costs import models as running_costs
from campus.surveys import models as surveys
from campus.tables import models as tables
from core import heartbeats, job_runs, trail
from core.database import Base
from core.people import models as people

MODULES = (
    people,
    job_runs,
    heartbeats,
    trail,
    platforms,
    audits,
    tickets,
    alerts,
    sections,
    gates,
    baselines,
    shared,
    places,
    occupancy,
    capacity,
    counts,
    months,
    forecast,
    requests,
    calendars,
    tables,
    renovation,
    reminders,
    funds,
    money,
    closures,
    reimbursements,
    energy,
    running_costs,
    results,
    questionnaires,
    responses,
    comments,
    invitations,
    cases,
    figures,
    improvement,
    surveys,
    improvement_reminders,
)

metadata: sa.MetaData = Base.metadata
