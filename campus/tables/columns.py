"""What the tables of each kind hold: one description for import, export, help and empty files."""

from campus.tables import columns_costs, columns_energy
from campus.tables.column import NOTE, Cell, Column
from campus.tables.rules import Table
from core.i18n import marked

PAVILION = Column(
    "pavilion",
    marked("Pavilion"),
    Cell.TEXT,
    marked("Its name or its short name."),
    required=True,
    also=("building", "house", "bâtiment"),
)
ANY_PAVILION = Column(
    "pavilion",
    marked("Pavilion"),
    Cell.TEXT,
    marked("Its name or its short name; may be left out where no two rooms have the same number."),
    also=PAVILION.also,
)
ROOM = Column(
    "room",
    marked("Room"),
    Cell.TEXT,
    marked("The number on its door."),
    required=True,
    also=("room number", "room no", "number of room", "numéro", "numéro de chambre", "n° de chambre"),
)
STAY_NUMBER = Column(
    "number",
    marked("Stay number"),
    Cell.WHOLE,
    marked("The number that the books gave to the stay; leave it empty for new ones."),
    also=("stay no", "claim", "claim number", "n° de séjour"),
)
ARRIVAL = Column(
    "first",
    marked("Arrival"),
    Cell.DATE,
    marked("The day of arrival."),
    required=True,
    also=("from", "check in", "checkin", "arrival date", "start", "du", "date d'arrivée", "date d’arrivée", "début"),
)
DEPARTURE = Column(
    "until",
    marked("Departure"),
    Cell.DATE,
    marked("The day of departure, whose night is not counted."),
    required=True,
    also=("to", "until", "check out", "checkout", "departure date", "end", "au", "date de départ", "fin"),
)
GUESTS = Column(
    "guests",
    marked("Guests"),
    Cell.WHOLE,
    marked("1 to 12; empty means 1."),
    also=("pax", "persons", "people", "number of guests", "personnes", "nombre de personnes", "hôtes"),
)
RATE = Column(
    "rate_cents",
    marked("Rate"),
    Cell.MONEY,
    marked("Euros a room and night, such as 62.50 or 62,50; empty means that of the segment."),
    also=("price", "rate per night", "amount", "tarif par nuit", "prix"),
)
STATUS = Column(
    "status",
    marked("Status"),
    Cell.TEXT,
    marked("“booked”, “no show” or “cancelled”; empty means booked."),
    also=("state", "état"),
)

COLUMNS: dict[Table, tuple[Column, ...]] = {
    Table.COUNTS: (
        Column(
            "night",
            marked("Night"),
            Cell.DATE,
            marked("The date of the evening."),
            required=True,
            also=("date", "day", "evening", "jour"),
        ),
        PAVILION,
        Column(
            "rooms",
            marked("Rooms occupied"),
            Cell.WHOLE,
            marked("How many rooms were occupied."),
            required=True,
            also=("rooms", "occupied", "occupied rooms", "rooms counted", "chambres", "occupées"),
        ),
        Column(
            "guests",
            marked("Guests"),
            Cell.WHOLE,
            marked("How many guests were there."),
            required=True,
            also=GUESTS.also,
        ),
        Column(
            "reason",
            marked("Reason"),
            Cell.TEXT,
            marked("Why a count is corrected, or entered after its month was closed."),
            also=("why", "motif", "raison"),
        ),
    ),
    Table.STAYS: (
        STAY_NUMBER,
        Column(
            "reference",
            marked("Reference"),
            Cell.TEXT,
            marked("What your own system calls the stay: by it the stay is recognised when it is sent again."),
            also=("external reference", "booking", "booking number", "confirmation", "réf", "réservation", "ref"),
        ),
        ANY_PAVILION,
        ROOM,
        ARRIVAL,
        DEPARTURE,
        GUESTS,
        RATE,
        Column(
            "party",
            marked("Party"),
            Cell.TEXT,
            marked("Name or short name of the programme, agency or third party."),
            required=True,
            also=("organisation", "organization", "customer", "client", "programme"),
        ),
        Column(
            "segment",
            marked("Segment"),
            Cell.TEXT,
            marked("Name or short name of the part of the demand."),
            required=True,
            also=("market segment",),
        ),
        Column(
            "event",
            marked("Event"),
            Cell.TEXT,
            marked("The short name of the event, if there is one."),
            also=("course",),
        ),
        Column(
            "block",
            marked("Block"),
            Cell.WHOLE,
            marked("The number of the block from which the room is picked, if there is one."),
            also=("group", "groupe", "block number"),
        ),
        STATUS,
        NOTE,
    ),
    Table.ROOMING: (
        STAY_NUMBER,
        ANY_PAVILION,
        ROOM,
        ARRIVAL,
        DEPARTURE,
        Column(
            "names",
            marked("Names of the guests"),
            Cell.TEXT,
            marked(
                "Parted by semicolons or line breaks. Only keepers of the books see them, and they are deleted later."
            ),
            also=(
                "name",
                "names",
                "guest",
                "guest name",
                "guest names",
                "participant",
                "nom",
                "noms",
                "noms des hôtes",
            ),
        ),
        Column(
            "guests",
            marked("Guests"),
            Cell.WHOLE,
            marked("1 to 12; empty means as many as are named."),
            also=GUESTS.also,
        ),
        NOTE,
    ),
    Table.ROOMS: (
        PAVILION,
        ROOM,
        Column(
            "type",
            marked("Room type"),
            Cell.TEXT,
            marked("Its name or its short name."),
            required=True,
            also=("type", "category", "catégorie"),
        ),
        Column("beds", marked("Beds"), Cell.WHOLE, marked("1 to 12."), required=True, also=("lits", "bed")),
        Column(
            "features",
            marked("Features"),
            Cell.TEXT,
            marked("Any of: step-free, wide door, roll-in shower, grab rails, visual alarm, hearing loop."),
            also=("accessible features", "equipment", "équipements", "accessibility"),
        ),
        Column(
            "first",
            marked("Valid from"),
            Cell.DATE,
            marked("The first night in which it is such a room."),
            required=True,
            also=("from", "valid from", "depuis", "valable du"),
        ),
        Column(
            "until",
            marked("Valid until"),
            Cell.DATE,
            marked("The first night in which it is none any more; empty for a room without an end."),
            also=("to", "until", "valid to", "jusqu'au", "valable jusqu'au"),
        ),
    ),
    Table.READINGS: columns_energy.READINGS,
    Table.DEGREE_DAYS: columns_energy.DEGREE_DAYS,
    Table.COSTS: columns_costs.COSTS,
    Table.INCOMES: columns_costs.INCOMES,
}


def column(table: Table, key: str) -> Column:
    """A column by its key."""
    return next(one for one in COLUMNS[table] if one.key == key)
