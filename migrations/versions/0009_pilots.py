"""Pilots: questions tried on a few named people, who comment on each."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The pilot, its testers, and what they wrote."""
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("once", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pilot_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot")),
        sa.UniqueConstraint("once", name=op.f("uq_pilot_once")),
    )
    op.create_table(
        "pilot_tester",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pilot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pilot_id"], ["pilot.id"], name=op.f("fk_pilot_tester_pilot_id_pilot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_tester")),
        sa.UniqueConstraint("pilot_id", "email", name=op.f("uq_pilot_tester_pilot_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pilot_tester_token_hash")),
    )
    op.create_table(
        "pilot_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tester_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tester_id"], ["pilot_tester.id"], name=op.f("fk_pilot_comment_tester_id_pilot_tester")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_comment")),
        sa.UniqueConstraint("tester_id", "item_id", name=op.f("uq_pilot_comment_tester_id_item_id")),
    )


def downgrade() -> None:
    """Pilots and everything that testers wrote are lost."""
    for name in ("pilot_comment", "pilot_tester", "pilot"):
        op.drop_table(name)
