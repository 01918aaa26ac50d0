"""What tables of meter readings and of degree-days hold."""

from campus.tables.column import Cell, Column
from core.i18n import marked

READINGS = (
    Column(
        "meter",
        marked("Meter"),
        Cell.TEXT,
        marked("Its name or its short name."),
        required=True,
        also=("meter name", "nom du compteur"),
    ),
    Column(
        "since",
        marked("Period begins"),
        Cell.DATE,
        marked("The first day of the period, for a meter whose consumption is entered period by period."),
        also=("from", "since", "start", "du", "début"),
    ),
    Column(
        "day",
        marked("Read on"),
        Cell.DATE,
        marked("The day on which the counter was read, at its beginning; or the last day of the period."),
        required=True,
        also=("date", "day", "until", "jour", "au", "fin"),
    ),
    Column(
        "value",
        marked("Reading"),
        Cell.HUNDREDTHS,
        marked("What the counter showed, or what was used in the period, in the unit of the meter."),
        required=True,
        also=("value", "consumption", "kwh", "m³", "valeur", "consommation", "index"),
    ),
    Column(
        "kind",
        marked("Why lower"),
        Cell.TEXT,
        marked("“roll-over” where the counter began at 0 again, “changed” where it was exchanged; else empty."),
        also=("event", "événement"),
    ),
    Column(
        "new_value",
        marked("New counter shows"),
        Cell.HUNDREDTHS,
        marked("Where the counter was exchanged: the first value of the new one."),
        also=("new counter",),
    ),
    Column(
        "reason",
        marked("Reason"),
        Cell.TEXT,
        marked("Why a reading is corrected."),
        also=("why", "motif", "raison"),
    ),
)
DEGREE_DAYS = (
    Column(
        "station",
        marked("Station"),
        Cell.TEXT,
        marked("The weather station; a series of another base temperature needs another name."),
        required=True,
        also=("weather station", "station météo", "location"),
    ),
    Column(
        "first",
        marked("Day or month"),
        Cell.DATE,
        marked("The day; of a month its first day."),
        required=True,
        also=("date", "day", "month", "jour", "mois"),
    ),
    Column(
        "monthly",
        marked("Period"),
        Cell.TEXT,
        marked("“month” where the row is of a whole month; “day” or empty where it is of one day."),
        also=("period", "période"),
    ),
    Column(
        "heating",
        marked("Heating degree-days"),
        Cell.HUNDREDTHS,
        marked("In K·d; empty where they are not known."),
        also=("hdd", "heating", "dju chauffage", "chauffage"),
    ),
    Column(
        "heating_base",
        marked("Heating base, °C"),
        Cell.TEXT,
        marked("The temperature below which is heated, such as 20; needed with heating degree-days."),
        also=("hdd base", "heating base", "base chauffage"),
    ),
    Column(
        "cooling",
        marked("Cooling degree-days"),
        Cell.HUNDREDTHS,
        marked("In K·d; empty where they are not known."),
        also=("cdd", "cooling", "climatisation"),
    ),
    Column(
        "cooling_base",
        marked("Cooling base, °C"),
        Cell.TEXT,
        marked("The temperature above which is cooled, such as 26; needed with cooling degree-days."),
        also=("cdd base", "cooling base", "base climatisation"),
    ),
    Column(
        "reason",
        marked("Reason"),
        Cell.TEXT,
        marked("Why degree-days are corrected."),
        also=("why", "motif", "raison"),
    ),
)
