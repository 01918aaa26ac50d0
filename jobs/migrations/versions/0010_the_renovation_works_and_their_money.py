"""The renovation works and their money"""

import sqlalchemy as sa
from alembic import op

from core.database import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "closure_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("dropped_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_scenario")),
    )
    op.create_table(
        "degree_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("monthly", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("heating", sa.Integer(), nullable=True),
        sa.Column("cooling", sa.Integer(), nullable=True),
        sa.Column("heating_base", sa.Integer(), nullable=True),
        sa.Column("cooling_base", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_degree_days")),
    )
    with op.batch_alter_table("degree_days", schema=None) as batch_op:
        batch_op.create_index(
            "uq_degree_days_current",
            ["station", "monthly", "first"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "energy_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_price")),
    )
    with op.batch_alter_table("energy_price", schema=None) as batch_op:
        batch_op.create_index(
            "uq_energy_price_current",
            ["kind", "first"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "facts_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("changes", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts_load")),
    )
    op.create_table(
        "fund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("slug", name=op.f("uq_fund_slug")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("slug", name=op.f("uq_indicator_slug")),
    )
    op.create_table(
        "meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter")),
        sa.UniqueConstraint("slug", name=op.f("uq_meter_slug")),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("invoice", sa.String(length=80), nullable=False),
        sa.Column("invoice_key", sa.String(length=210), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_commitment"), ["commitment"], unique=False)
        batch_op.create_index(
            "uq_payment_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )
        batch_op.create_index(
            "uq_payment_invoice",
            ["invoice_key"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL AND status = 'booked'"),
            postgresql_where=sa.text("superseded_at IS NULL AND status = 'booked'"),
        )

    op.create_table(
        "reimbursement_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimbursement_agreement")),
        sa.UniqueConstraint("slug", name=op.f("uq_reimbursement_agreement_slug")),
    )
    op.create_table(
        "reimbursement_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimbursement_receipt")),
    )
    with op.batch_alter_table("reimbursement_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reimbursement_receipt_claim"), ["claim"], unique=False)
        batch_op.create_index(
            "uq_reimbursement_receipt_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "cost_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cost_line", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_cost_entry_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_entry")),
    )
    with op.batch_alter_table("cost_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_entry_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_cost_entry_party_id"), ["party_id"], unique=False)
        batch_op.create_index("ix_cost_entry_period", ["first", "cost_line"], unique=False)
        batch_op.create_index(
            "uq_cost_entry_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "energy_baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("meters", Json, nullable=False),
        sa.Column("station", sa.String(length=80), nullable=False),
        sa.Column("with_nights", sa.Boolean(), nullable=False),
        sa.Column("months", Json, nullable=False),
        sa.Column("fitted", Json, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("works_first", sa.Date(), nullable=True),
        sa.Column("works_until", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_energy_baseline_meter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_baseline")),
    )
    with op.batch_alter_table("energy_baseline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_energy_baseline_meter_id"), ["meter_id"], unique=False)
        batch_op.create_index(
            "uq_energy_baseline_current",
            ["meter_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "fund_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_fund_entry_fund_id")),
        sa.ForeignKeyConstraint(["load_id"], ["facts_load.id"], name=op.f("fk_fund_entry_load_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
    )
    with op.batch_alter_table("fund_entry", schema=None) as batch_op:
        batch_op.create_index("ix_fund_entry_day", ["fund_id", "day"], unique=False)
        batch_op.create_index(
            "uq_fund_entry_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "funding_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_funding_source_fund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_funding_source_slug")),
    )
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("notes", Json, nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
    )
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.create_index("ix_indicator_value_indicator", ["indicator_id", "day"], unique=False)

    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("verification", sa.String(length=300), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("measured_of", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_version_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_version")),
    )
    with op.batch_alter_table("indicator_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_version_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(
            "uq_indicator_current",
            ["indicator_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "meter_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("new_value", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_meter_reading_meter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter_reading")),
    )
    with op.batch_alter_table("meter_reading", schema=None) as batch_op:
        batch_op.create_index(
            "uq_meter_reading_current",
            ["meter_id", "day"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "meter_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("kwh_factor", sa.Integer(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_meter_version_meter_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_meter_version_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter_version")),
    )
    with op.batch_alter_table("meter_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meter_version_meter_id"), ["meter_id"], unique=False)
        batch_op.create_index(
            "uq_meter_current",
            ["meter_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "printed_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("printed_in", sa.String(length=200), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_printed_figure_fund_id")),
        sa.ForeignKeyConstraint(["load_id"], ["facts_load.id"], name=op.f("fk_printed_figure_load_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_figure")),
    )
    with op.batch_alter_table("printed_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_printed_figure_load_id"), ["load_id"], unique=False)

    op.create_table(
        "reimbursement_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["reimbursement_agreement.id"], name=op.f("fk_reimbursement_claim_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimbursement_claim")),
    )
    with op.batch_alter_table("reimbursement_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reimbursement_claim_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(
            "uq_reimbursement_claim_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "reimbursement_expense",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["reimbursement_agreement.id"], name=op.f("fk_reimbursement_expense_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimbursement_expense")),
    )
    with op.batch_alter_table("reimbursement_expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reimbursement_expense_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(
            "uq_reimbursement_expense_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "reimbursement_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("payer", sa.String(length=120), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["reimbursement_agreement.id"], name=op.f("fk_reimbursement_terms_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reimbursement_terms")),
    )
    with op.batch_alter_table("reimbursement_terms", schema=None) as batch_op:
        batch_op.create_index(
            "uq_reimbursement_terms_current",
            ["agreement_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "works_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("pavilion_id", sa.Integer(), nullable=False),
        sa.Column("purposes", Json, nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_works_package_owner_id")),
        sa.ForeignKeyConstraint(["pavilion_id"], ["pavilion.id"], name=op.f("fk_works_package_pavilion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_package")),
        sa.UniqueConstraint("slug", name=op.f("uq_works_package_slug")),
    )
    op.create_table(
        "works_reminder_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_works_reminder_choice_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_works_reminder_choice")),
    )
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("cost_type", sa.String(length=20), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_allocation_package_id")),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_allocation_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_package_id"), ["package_id"], unique=False)
        batch_op.create_index(
            "uq_allocation_current",
            ["source_id", "package_id", "cost_type"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "closure_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_closure_change_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_change")),
    )
    with op.batch_alter_table("closure_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closure_change_package_id"), ["package_id"], unique=False)

    op.create_table(
        "closure_claim",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_closure_claim_package_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_closure_claim")),
    )
    with op.batch_alter_table("closure_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closure_claim_package_id"), ["package_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("cost_type", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("supplier", sa.String(length=120), nullable=False),
        sa.Column("contract", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_commitment_package_id")),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_commitment_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_package_id"), ["package_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_source_id"), ["source_id"], unique=False)
        batch_op.create_index(
            "uq_commitment_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "completion_forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("cost_type", sa.String(length=20), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_completion_forecast_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion_forecast")),
    )
    with op.batch_alter_table("completion_forecast", schema=None) as batch_op:
        batch_op.create_index("ix_completion_forecast_package", ["package_id", "reported_on"], unique=False)

    op.create_table(
        "indicator_goal",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["indicator_version.id"], name=op.f("fk_indicator_goal_version_id")),
        sa.PrimaryKeyConstraint("version_id", "day", name=op.f("pk_indicator_goal")),
    )
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_milestone_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_package_id"), ["package_id"], unique=False)

    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_pledge_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    with op.batch_alter_table("pledge", schema=None) as batch_op:
        batch_op.create_index(
            "uq_pledge_current",
            ["source_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "source_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_source_receipt_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_receipt")),
    )
    with op.batch_alter_table("source_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_receipt_source_id"), ["source_id"], unique=False)
        batch_op.create_index(
            "uq_source_receipt_current",
            ["number"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "works_baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_works_baseline_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_baseline")),
        sa.UniqueConstraint("package_id", "number", name=op.f("uq_works_baseline_package_id_number")),
    )
    op.create_table(
        "works_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_works_budget_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_budget")),
        sa.UniqueConstraint("package_id", "number", name=op.f("uq_works_budget_package_id_number")),
    )
    op.create_table(
        "works_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("removed_by", sa.String(length=80), nullable=False),
        sa.Column("removed_why", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_works_document_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_document")),
    )
    with op.batch_alter_table("works_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_works_document_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_document_package_id"), ["package_id"], unique=False)

    op.create_table(
        "works_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_works_note_package_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_note")),
    )
    with op.batch_alter_table("works_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_works_note_package_id"), ["package_id"], unique=False)

    op.create_table(
        "closure_change_claim",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["claim.id"], name=op.f("fk_closure_change_claim_after_id")),
        sa.ForeignKeyConstraint(["before_id"], ["claim.id"], name=op.f("fk_closure_change_claim_before_id")),
        sa.ForeignKeyConstraint(["change_id"], ["closure_change.id"], name=op.f("fk_closure_change_claim_change_id")),
        sa.PrimaryKeyConstraint("change_id", "number", name=op.f("pk_closure_change_claim")),
    )
    op.create_table(
        "closure_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("start_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("finish_id", sa.Integer(), nullable=False),
        sa.Column("days_after", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["finish_id"], ["milestone.id"], name=op.f("fk_closure_rule_finish_id")),
        sa.ForeignKeyConstraint(["package_id"], ["works_package.id"], name=op.f("fk_closure_rule_package_id")),
        sa.ForeignKeyConstraint(["start_id"], ["milestone.id"], name=op.f("fk_closure_rule_start_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_rule")),
    )
    with op.batch_alter_table("closure_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closure_rule_package_id"), ["package_id"], unique=False)
        batch_op.create_index(
            "uq_closure_rule_current",
            ["package_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "closure_scenario_span",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("finish", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_closure_scenario_span_milestone_id")),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["closure_scenario.id"], name=op.f("fk_closure_scenario_span_scenario_id")
        ),
        sa.PrimaryKeyConstraint("scenario_id", "milestone_id", name=op.f("pk_closure_scenario_span")),
    )
    op.create_table(
        "milestone_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("lag", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["milestone.id"], name=op.f("fk_milestone_link_after_id")),
        sa.ForeignKeyConstraint(["before_id"], ["milestone.id"], name=op.f("fk_milestone_link_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_link")),
    )
    with op.batch_alter_table("milestone_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_link_after_id"), ["after_id"], unique=False)
        batch_op.create_index(
            "uq_milestone_link_current",
            ["before_id", "after_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "milestone_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("finish", sa.Date(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_report_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_report")),
    )
    with op.batch_alter_table("milestone_report", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_report_milestone", ["milestone_id", "reported_on"], unique=False)

    op.create_table(
        "milestone_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_version_milestone_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_milestone_version_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_version")),
    )
    with op.batch_alter_table("milestone_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_version_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(
            "uq_milestone_current",
            ["milestone_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "works_baseline_span",
        sa.Column("baseline_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("finish", sa.Date(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["baseline_id"], ["works_baseline.id"], name=op.f("fk_works_baseline_span_baseline_id")
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_works_baseline_span_milestone_id")),
        sa.PrimaryKeyConstraint("baseline_id", "milestone_id", name=op.f("pk_works_baseline_span")),
    )
    op.create_table(
        "works_budget_line",
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("cost_type", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["budget_id"], ["works_budget.id"], name=op.f("fk_works_budget_line_budget_id")),
        sa.PrimaryKeyConstraint("budget_id", "cost_type", "year", name=op.f("pk_works_budget_line")),
    )
    op.create_table(
        "works_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_works_reminder_milestone_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_works_reminder_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_reminder")),
        sa.UniqueConstraint(
            "milestone_id", "kind", "about", "days", name=op.f("uq_works_reminder_milestone_id_kind_about_days")
        ),
    )
    with op.batch_alter_table("works_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_works_reminder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_reminder_uid"), ["uid"], unique=False)
