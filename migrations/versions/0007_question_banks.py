"""The question banks as an organisation changes them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row for each version of a document that ever stood."""
    op.create_table(
        "bank_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_bank_revision_number_from_one")),
        sa.CheckConstraint(
            "act IN ('copied', 'created', 'edited', 'imported', 'restored', 'retired')",
            name=op.f("ck_bank_revision_act"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bank_revision_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_revision")),
        sa.UniqueConstraint("document", "number", name=op.f("uq_bank_revision_document_number")),
    )


def downgrade() -> None:
    """What was changed here is lost; the supplied banks stand as before."""
    op.drop_table("bank_revision")
