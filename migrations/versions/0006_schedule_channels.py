"""Closed days, cohorts, rotation by person, channels, several reminders; what keeps programmes running."""

import secrets
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from pulse.domain.frozen import create_statements, drop_statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PROGRAMME = sa.table(
    "programme",
    *(sa.column(name, sa.Integer) for name in ("id", "remind_after_days")),
    *(sa.column(name, sa.JSON) for name in ("reminder_days", "channels")),
    sa.column("draw_key", sa.String),
)
_WAVE = sa.table(
    "wave",
    *(sa.column(name, sa.Integer) for name in ("id", "programme_id")),
    *(sa.column("state", sa.String), sa.column("remind_at", sa.JSON)),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("opens_at", "closes_at")),
)
_CHECKS = {
    "cohorts": "cohorts BETWEEN 1 AND 12",
    "rotate_by": "rotate_by IN ('wave', 'person')",
    "letter_hours": "letters_from_hour < letters_until_hour",
}


def _new_columns() -> dict[str, list[sa.Column[object]]]:
    """Table -> what is added to it."""

    def text(name: str, length: int, default: str) -> sa.Column[object]:
        return sa.Column(name, sa.String(length=length), server_default=default, nullable=False)

    def number(name: str, default: int) -> sa.Column[object]:
        return sa.Column(name, sa.Integer(), server_default=str(default), nullable=False)

    def listed(name: str, default: str = "[]") -> sa.Column[object]:
        return sa.Column(name, sa.JSON(), server_default=default, nullable=False)

    return {
        "programme": [
            *(listed("reminder_days"), text("nation", 3, "ENG"), text("weekdays", 20, "MO,TU,WE,TH,FR")),
            *(number("letters_from_hour", 8), number("letters_until_hour", 18), listed("quiet_periods")),
            *(number("cohorts", 1), text("rotate_by", 8, "wave"), listed("channels", '["email", "slip"]')),
            text("draw_key", 32, ""),
        ],
        "wave": [sa.Column("cohort", sa.Integer(), nullable=True), listed("remind_at")],
        "wave_unit": [number("eligible", 0)],
        "wave_member": [number("block", 0)],
        "invitation": [
            text("channel", 8, "email"),
            sa.Column("reference_hash", sa.LargeBinary(length=32), nullable=True),
        ],
        "person": [
            sa.Column("phone", sa.String(length=20), nullable=True),
            sa.Column("post_address", sa.Text(), nullable=True),
        ],
    }


def upgrade() -> None:
    """Old surveys keep their one reminder, everybody in one cohort, and the bank holidays of England."""
    for statement in drop_statements(op.get_bind().dialect.name):
        op.execute(statement)
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(op.f("ix_invitation_reference_hash"), "invitation", ["reference_hash"], unique=False)
    if op.get_bind().dialect.name == "postgresql":  # no sample of who answered in the planner's statistics
        for column in _new_columns()["invitation"]:
            op.execute(f"ALTER TABLE invitation ALTER COLUMN {column.name} SET STATISTICS 0")
    op.execute("UPDATE wave_unit SET eligible = headcount")
    _carry_over(op.get_bind())
    with op.batch_alter_table("programme") as batch:
        batch.drop_column("remind_after_days")
        for name, condition in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_programme_{name}"), condition)
    _create_tables()
    for statement in create_statements(op.get_bind().dialect.name):
        op.execute(statement)


def _carry_over(connection: sa.Connection) -> None:
    """Reminders as lists of days; those of open waves as the moments that they were due; a key to draw by."""
    after = {}
    for row in connection.execute(sa.select(_PROGRAMME.c.id, _PROGRAMME.c.remind_after_days)).all():
        after[row.id] = row.remind_after_days
        connection.execute(
            sa.update(_PROGRAMME)
            .where(_PROGRAMME.c.id == row.id)
            .values(
                reminder_days=[row.remind_after_days] if row.remind_after_days else [],
                draw_key=secrets.token_urlsafe(16),
            )
        )
    for wave in connection.execute(sa.select(_WAVE).where(_WAVE.c.state.in_(("open", "held")))).all():
        due = wave.opens_at + timedelta(days=after[wave.programme_id])
        if after[wave.programme_id] and due < wave.closes_at:
            connection.execute(
                sa.update(_WAVE).where(_WAVE.c.id == wave.id).values(remind_at=[due.isoformat()])
            )


def _create_tables() -> None:
    op.create_table(
        "burden_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warn_minutes", sa.Integer(), nullable=False),
        sa.Column("most_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "1 <= warn_minutes AND warn_minutes <= most_minutes", name=op.f("ck_burden_agreement_order")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_burden_agreement_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burden_agreement")),
    )
    op.create_table(
        "worker_beat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_worker_beat_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_beat")),
    )
    op.create_table(
        "programme_draft",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("typed", sa.JSON(), nullable=False),
        _refers("programme_draft", "account", ondelete="CASCADE"),
        _refers("programme_draft", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_draft")),
    )
    op.create_index(op.f("ix_programme_draft_account_id"), "programme_draft", ["account_id"], unique=False)
    op.create_table(
        "unit_rate",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        *(_refers("unit_rate", "unit"), _refers("unit_rate", "wave")),
        sa.PrimaryKeyConstraint("wave_id", "unit_id", name=op.f("pk_unit_rate")),
    )
    _create_webhooks()


def _create_webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('teams', 'slack')", name=op.f("ck_webhook_kind")),
        _refers("webhook", "programme"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_programme_id"), "webhook", ["programme_id"], unique=False)
    op.create_table(
        "webhook_post",
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "occasion IN ('opened', 'closing', 'released')", name=op.f("ck_webhook_post_occasion")
        ),
        sa.CheckConstraint("state IN ('claimed', 'sent', 'failed')", name=op.f("ck_webhook_post_state")),
        _refers("webhook_post", "wave"),
        _refers("webhook_post", "webhook", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("webhook_id", "wave_id", "occasion", name=op.f("pk_webhook_post")),
    )


def _refers(table: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{other}_id_{other}")
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """A survey keeps the first of its reminders. SQLite copies a table to drop a column: see 0004."""
    connection = op.get_bind()
    for statement in drop_statements(connection.dialect.name):
        op.execute(statement)
    for table in ("webhook_post", "webhook", "unit_rate", "programme_draft", "worker_beat"):
        op.drop_table(table)
    op.drop_table("burden_agreement")
    op.add_column(
        "programme", sa.Column("remind_after_days", sa.Integer(), server_default="0", nullable=False)
    )
    for row in connection.execute(sa.select(_PROGRAMME.c.id, _PROGRAMME.c.reminder_days)).all():
        connection.execute(
            sa.update(_PROGRAMME)
            .where(_PROGRAMME.c.id == row.id)
            .values(remind_after_days=row.reminder_days[0] if row.reminder_days else 0)
        )
    op.drop_index(op.f("ix_invitation_reference_hash"), table_name="invitation")
    for table, columns in _new_columns().items():
        with op.batch_alter_table(table) as batch:
            if table == "programme":
                batch.alter_column("remind_after_days", server_default=None)
                for name in _CHECKS:
                    batch.drop_constraint(op.f(f"ck_programme_{name}"), type_="check")
            for column in columns:
                batch.drop_column(column.name)
    for statement in create_statements(connection.dialect.name):
        op.execute(statement)
