"""Keep co-moments of the whole organisation: how the items of a scale, and scales, go together."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "co_moment",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("matrix", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_co_moment_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "name", name=op.f("pk_co_moment")),
    )


def downgrade() -> None:
    op.drop_table("co_moment")
