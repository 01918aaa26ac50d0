"""What tables of running costs, recoveries and rents hold."""

from campus.tables.column import NOTE, Cell, Column
from core.i18n import marked

COST_PERIOD = (
    Column(
        "first",
        marked("First day"),
        Cell.DATE,
        marked("The first day of the period."),
        required=True,
        also=("from", "start", "period first", "period from", "du", "début", "premier jour"),
    ),
    Column(
        "last",
        marked("Last day"),
        Cell.DATE,
        marked("The last day of the period, which belongs to it: a month, a quarter, a year, two years."),
        required=True,
        also=("to", "end", "period last", "period to", "au", "fin", "dernier jour"),
    ),
)
COST_AMOUNT = (
    Column(
        "kind",
        marked("Kind of amount"),
        Cell.TEXT,
        marked("“budget”, “forecast” or “actual”."),
        required=True,
        also=("kind", "version", "nature"),
    ),
    Column(
        "amount",
        marked("Amount in euros"),
        Cell.EUROS,
        marked("Such as 1234.56. Marks for thousands are read where the column as a whole tells which they are."),
        required=True,
        also=("amount", "euros", "eur", "amount eur", "montant"),
    ),
    Column(
        "currency",
        marked("Currency"),
        Cell.TEXT,
        marked("EUR or empty: another currency is refused."),
        also=("devise", "monnaie"),
    ),
    NOTE,
    Column("reason", marked("Reason"), Cell.TEXT, marked("Why an amount is corrected."), also=("why", "motif")),
)
COSTS = (
    *COST_PERIOD,
    Column(
        "line",
        marked("Cost line"),
        Cell.TEXT,
        marked("“utilities”, “waste”, “maintenance”, “cleaning”, “other” or “security”."),
        required=True,
        also=("line", "cost", "item", "poste", "ligne"),
    ),
    *COST_AMOUNT,
)
INCOMES = (
    *COST_PERIOD,
    Column(
        "line",
        marked("Recovery or rent"),
        Cell.TEXT,
        marked("“recovery” for what a partner pays of the costs, “rent” for rental income."),
        required=True,
        also=("line", "income", "recette"),
    ),
    Column(
        "party",
        marked("Party"),
        Cell.TEXT,
        marked("Name or short name of who pays."),
        required=True,
        also=("organisation", "organization", "agency", "tenant", "agence", "locataire"),
    ),
    *COST_AMOUNT,
)
