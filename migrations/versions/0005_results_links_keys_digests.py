"""Links to results for staff, keys for other programs, digests, and promises that answer a finding."""

import secrets

import sqlalchemy as sa
from alembic import op

from pulse.domain.frozen import create_statements, drop_statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PROGRAMME = sa.table("programme", sa.column("id", sa.Integer), sa.column("results_key", sa.String))


def upgrade() -> None:
    """The rules are made anew at the end, because one of them speaks of a new column."""
    dialect = op.get_bind().dialect.name
    for statement in drop_statements(dialect):
        op.execute(statement)
    op.add_column("action", sa.Column("finding", sa.String(length=300), nullable=True))
    op.add_column("wave", sa.Column("opens_unanswered", sa.String(length=300), nullable=True))
    op.add_column(
        "programme", sa.Column("results_key", sa.String(length=32), server_default="", nullable=False)
    )
    connection = op.get_bind()
    for programme_id in connection.scalars(sa.select(_PROGRAMME.c.id)).all():
        connection.execute(
            sa.update(_PROGRAMME)
            .where(_PROGRAMME.c.id == programme_id)
            .values(results_key=secrets.token_urlsafe(16))
        )
    op.create_index(op.f("ix_programme_results_key"), "programme", ["results_key"], unique=True)
    op.drop_index(op.f("ix_comment_release_id"), table_name="comment")
    op.create_index(
        "ix_comment_counted", "comment", ["release_id", "status", "group_id", "item"], unique=False
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('api', 'calendar')", name=op.f("ck_api_key_kind")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_api_key_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_key_secret_hash")),
    )
    op.create_index(op.f("ix_api_key_account_id"), "api_key", ["account_id"], unique=False)
    op.create_table(
        "digest_mail",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('claimed', 'sent', 'failed')", name=op.f("ck_digest_mail_state")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_digest_mail_wave_id_wave")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_digest_mail_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id", "account_id", name=op.f("pk_digest_mail")),
    )
    for statement in create_statements(dialect):
        op.execute(statement)


def downgrade() -> None:
    """SQLite copies a table to drop a column, and cannot while a rule speaks of it: as in 0004."""
    for statement in drop_statements(op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_index("ix_comment_counted", table_name="comment")
    op.create_index(op.f("ix_comment_release_id"), "comment", ["release_id"], unique=False)
    op.drop_table("digest_mail")
    op.drop_table("api_key")
    op.drop_index(op.f("ix_programme_results_key"), table_name="programme")
    for table, column in (("programme", "results_key"), ("wave", "opens_unanswered"), ("action", "finding")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
    for statement in create_statements(op.get_bind().dialect.name):
        op.execute(statement)
