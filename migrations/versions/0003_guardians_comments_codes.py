"""Guardians' keys, comments, and codes for people without an e-mail address."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: tables that must leave no sample in PostgreSQL's planner statistics, which outlive what is deleted
_UNSAMPLED = ("invitation", "envelope")
#: of waves that have opened nothing else is known than whom their survey asks now
_AUDIENCES = """
    UPDATE wave SET audience_unit_id =
        (SELECT programme.audience_unit_id FROM programme WHERE programme.id = wave.programme_id)
    WHERE state <> 'planned'
"""


def upgrade() -> None:
    op.add_column(
        "programme", sa.Column("key_mode", sa.String(length=12), server_default="worker", nullable=False)
    )
    op.add_column("wave", sa.Column("audience_unit_id", sa.Integer(), nullable=True))
    op.execute(_AUDIENCES)
    op.add_column("wave", sa.Column("key_test", sa.LargeBinary(), nullable=True))
    op.add_column("wave", sa.Column("key_tested", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("wave", sa.Column("handed_key", sa.LargeBinary(), nullable=True))
    op.add_column("wave", sa.Column("inbox_key", sa.LargeBinary(), nullable=True))
    op.add_column("wave", sa.Column("running_rate", sa.Integer(), nullable=True))
    op.add_column("wave", sa.Column("rate_day", sa.Date(), nullable=True))
    op.add_column("invitation", sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True))
    op.add_column("invitation", sa.Column("sent_to", sa.LargeBinary(length=32), nullable=True))
    op.create_index("ix_invitation_code", "invitation", ["code_hash"], unique=True)
    op.create_table(
        "comment",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'shown', 'withheld')", name=op.f("ck_comment_status")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["result_group.id"], name=op.f("fk_comment_group_id_result_group")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_comment_release_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comment_group_id"), "comment", ["group_id"])
    op.create_index(op.f("ix_comment_release_id"), "comment", ["release_id"])
    if op.get_bind().dialect.name == "postgresql":
        _sample_nothing()


def _sample_nothing() -> None:
    """No sample from now on; giving a column its own type again drops the sample that there is."""
    dialect = op.get_bind().dialect
    for table in _UNSAMPLED:
        for column in sa.inspect(op.get_bind()).get_columns(table):
            change = f"ALTER TABLE {table} ALTER COLUMN {column['name']}"
            op.execute(f"{change} SET STATISTICS 0")
            op.execute(f"{change} TYPE {column['type'].compile(dialect)}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _UNSAMPLED:
            for column in sa.inspect(op.get_bind()).get_columns(table):
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column['name']} SET STATISTICS -1")
    op.drop_table("comment")
    op.drop_index("ix_invitation_code", "invitation")
    with op.batch_alter_table("invitation") as batch:
        batch.drop_column("sent_to")
        batch.drop_column("code_hash")
    with op.batch_alter_table("wave") as batch:
        batch.drop_column("rate_day")
        batch.drop_column("running_rate")
        batch.drop_column("inbox_key")
        batch.drop_column("handed_key")
        batch.drop_column("key_tested")
        batch.drop_column("key_test")
        batch.drop_column("audience_unit_id")
    with op.batch_alter_table("programme") as batch:
        batch.drop_column("key_mode")
