"""Other languages, with who translated and who reviewed each text; and split ballots between two wordings."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row for each version of a translated text; two settings of programmes."""
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("context", sa.String(length=80), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("second_reviewer_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_translation_number_from_one")),
        sa.CheckConstraint("state IN ('draft', 'reviewed')", name=op.f("ck_translation_state")),
        sa.CheckConstraint(
            "state = 'draft' OR reviewer_id IS NOT NULL", name=op.f("ck_translation_reviewed_by_somebody")
        ),
        *(
            sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_translation_{column}_account"))
            for column in ("translator_id", "reviewer_id", "second_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint(
            "language", "context", "source_sha256", "number", name=op.f("uq_translation_language")
        ),
    )
    for name in ("languages", "bridges"):
        op.add_column("programme", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Translations are lost; what waves froze of them stands in their plans."""
    for name in ("bridges", "languages"):
        op.drop_column("programme", name)
    op.drop_table("translation")
