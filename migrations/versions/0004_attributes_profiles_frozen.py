"""Declared attributes and their figures, profiles, and rules that freeze what a wave promised."""

import sqlalchemy as sa
from alembic import op

from pulse.domain.frozen import create_statements, drop_statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: as SQL, because a check comes with its column only so; SQLite would copy the whole table otherwise
_PROFILE = """
    ALTER TABLE {0} ADD COLUMN profile VARCHAR(12) DEFAULT 'standard' NOT NULL
        CONSTRAINT ck_{0}_profile CHECK (profile IN ('standard', 'nhs'))
        CONSTRAINT ck_{0}_k_of_profile CHECK (profile <> 'nhs' OR k >= 11)
"""


def upgrade() -> None:
    for table in ("programme", "wave"):
        op.execute(_PROFILE.format(table))
    for column in ("attributes", "crosses"):
        op.add_column("programme", sa.Column(column, sa.JSON(), server_default="[]", nullable=False))
    op.add_column("release", sa.Column("softened", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "attribute_figure",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=90), nullable=False),
        sa.Column("category", sa.String(length=170), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("favourable", sa.Integer(), nullable=True),
        sa.Column("unfavourable", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["result_group.id"], name=op.f("fk_attribute_figure_group_id_result_group")
        ),
        sa.PrimaryKeyConstraint(
            "group_id", "family", "category", "measure", name=op.f("pk_attribute_figure")
        ),
    )
    for statement in create_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """SQLite copies tables to drop a column, and cannot while a rule speaks of the one that is away."""
    for statement in drop_statements(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_table("attribute_figure")
    with op.batch_alter_table("release") as batch:
        batch.drop_column("softened")
    for table, columns in (("wave", []), ("programme", ["crosses", "attributes"])):
        with op.batch_alter_table(table) as batch:
            for check in ("k_of_profile", "profile"):
                batch.drop_constraint(op.f(f"ck_{table}_{check}"), type_="check")
            for column in (*columns, "profile"):
                batch.drop_column(column)
